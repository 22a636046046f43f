// What a hand does while others act: a sentence that is typed is never taken for keys, a pointer that rests never finds
// something else under it, and a second click never means what the first one did not.

import type { Locator, Page } from "@playwright/test";
import { requestToJoin, send } from "../ask";
import { groupId } from "../group-id";
import { expect, live, test } from "../fixtures";
import { Api } from "../office";
import { MembersPage } from "../pages/members";
import { RequestsPage } from "../pages/requests";
import { leader, manager, member, queues, superuser } from "../people";

// People type slowly, and that takes its time.
test.describe.configure({ timeout: 90_000 });

/** Milliseconds between two letters of somebody who types. */
const TYPING = { delay: 70 };

/** How long a settled row says so before it leaves, and a little more. */
const FAREWELL = 4_000;

/** All that single keys on the queue do is in it. */
const SENTENCE = "ask x, a career or a raid: j and k act on each exact car";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** The id of the request in a row. */
async function requestOf(row: Locator): Promise<string> {
  return ((await row.getAttribute("id")) ?? "").replace("request-", "");
}

/** A row by its id, wherever it has gone. */
async function pinned(page: Page, row: Locator): Promise<Locator> {
  return page.locator(`#request-${await requestOf(row)}`);
}

/** How many requests of a kind wait, by the server's own count. */
async function waiting(page: Page, kind: string): Promise<number> {
  const answer = await page.request.get(`/api/requests/queue?kind=${kind}`);
  return ((await answer.json()) as { counts: Record<string, number> }).counts[kind] ?? -1;
}

/** What stands at a place of the window: the row and the control. */
function at(page: Page, place: { x: number; y: number }): Promise<{ row: string; control: string }> {
  return page.evaluate(({ x, y }) => {
    const found = document.elementFromPoint(x, y);
    const control = found?.closest("a, button, input, label, summary");
    return { row: found?.closest("main [tabindex='-1'][id]:not(main)")?.id ?? "", control: control?.textContent?.trim() ?? "" };
  }, place);
}

async function middle(of: Locator): Promise<{ x: number; y: number }> {
  const box = await of.boundingBox();
  if (box === null) throw new Error("it is not there");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

for (const kind of ["join", "leave"]) {
  for (const way of ["key", "mouse"]) {
    test(`whoever writes a comment (${kind}, box opened by ${way}) keeps the box when somebody else decides`, async ({ signedIn }) => {
      const page = await signedIn(manager);
      const other = await signedIn(superuser);
      await Promise.all([page.goto(`/requests?kind=${kind}`), other.goto("/groups")]);
      await live(page);
      const row = await pinned(page, page.locator("#queue > li:has([data-verb=reject])").nth(1));
      const id = await requestOf(row);
      const before = await waiting(page, kind);
      const field = row.getByRole("textbox");
      if (way === "key") {
        await row.focus();
        await page.keyboard.press("c");
      } else {
        await row.getByText("Add a comment").click();
        await field.click();
      }
      await expect(field).toBeFocused();

      await page.keyboard.type(SENTENCE.slice(0, 12), TYPING);
      await send(other, "/api/requests/reject", { request: id, comment: "" });
      await page.keyboard.type(SENTENCE.slice(12), TYPING);
      expect(await waiting(page, kind), "nothing else was decided").toBe(before - 1);
      await expect(row).toContainText(`Rejected by ${superuser.username} meanwhile`);
      await page.waitForTimeout(FAREWELL);
      await expect(field, "text and all").toHaveValue(SENTENCE);
      await expect(field).toBeFocused();
      await expect(row.getByRole("button", { name: /^Approve/ })).toBeHidden();
      expect(await waiting(page, kind)).toBe(before - 1);
      expect(await page.locator("#queue input:checked").count(), "nothing was selected").toBe(0);

      await page.keyboard.press("Escape");
      await expect(row).toContainText(`Rejected by ${superuser.username}, just now`);
      await expect(row, "once it is left, it goes").toHaveCount(0, { timeout: 6_000 });
    });
  }
}

test("a list that is read anew leaves the box to whoever writes in it", async ({ signedIn, watch }) => {
  watch.forgive(/Failed to load resource|ERR_|net::ERR/);
  const page = await signedIn(manager);
  const other = await signedIn(superuser);
  await other.goto("/groups");
  await page.addInitScript(() => {
    const real = window.EventSource;
    (window as unknown as { sources: EventSource[] }).sources = [];
    window.EventSource = class extends real {
      constructor(url: string) {
        super(url);
        (window as unknown as { sources: EventSource[] }).sources.push(this);
      }
    };
  });
  await page.goto("/requests");
  await live(page);
  const row = await pinned(page, page.locator("#queue > li:has([data-verb=reject])").nth(1));
  const id = await requestOf(row);
  await row.focus();
  await page.keyboard.press("c");
  await page.keyboard.type(SENTENCE.slice(0, 8), TYPING);
  // The stream says nothing of the decision, only that everything is to be read anew.
  await page.evaluate(() => {
    for (const source of (window as unknown as { sources: EventSource[] }).sources) {
      source.addEventListener("message", (event) => {
        const reset = `{"reset":{"seq":${JSON.parse(event.data).event?.logged?.seq ?? 0}}}`;
        if (event.data === reset || event.data.startsWith('{"reset"')) return;
        event.stopImmediatePropagation();
        source.dispatchEvent(new MessageEvent("message", { data: reset }));
      }, { capture: true });
    }
  });
  await send(other, "/api/requests/reject", { request: id, comment: "" });
  await page.keyboard.type(SENTENCE.slice(8), TYPING);
  await page.waitForTimeout(FAREWELL);
  await expect(row.getByRole("textbox")).toHaveValue(SENTENCE);
  await expect(row.getByRole("textbox")).toBeFocused();
  await expect(row).toContainText(/meanwhile/);
});

test("whoever is given many more groups to decide for keeps the row they write in", async ({ signedIn, muster }) => {
  const page = await signedIn(leader);
  await page.goto("/requests");
  await live(page);
  const rows = page.locator("#queue > li:has([data-verb=reject])");
  const [before, last] = [await page.locator("#queue > li").count(), await pinned(page, rows.last())];
  await last.focus();
  await page.keyboard.press("c");
  const field = last.getByRole("textbox");
  await page.keyboard.type(SENTENCE.slice(0, 8), TYPING);
  const api = new Api(muster);
  const found = await api.call("GET", `/users?q=${leader.username}`);
  const user = found.items.find((user: { username: string }) => user.username === leader.username).id;
  const asked = page.waitForResponse((answer) => answer.url().includes("/api/requests/queue"));
  await api.call("PUT", `/users/${user}/permissions/group_management`);
  await page.keyboard.type(SENTENCE.slice(8), TYPING);
  await asked;
  await page.waitForTimeout(500);
  expect(await page.locator("#queue > li").count(), "there are more rows now").toBeGreaterThan(before);
  await expect(field).toHaveValue(SENTENCE);
  await expect(field).toBeFocused();
  await expect(last.getByRole("button", { name: /^Approve/ }), "it is still open").toBeVisible();
  await api.call("DELETE", `/users/${user}/permissions/group_management`);
});

test("the comment on a selection stays while it is written, whatever becomes of the selection", async ({ signedIn }) => {
  const page = await signedIn(manager);
  const other = await signedIn(superuser);
  await Promise.all([page.goto("/requests"), other.goto("/groups")]);
  await live(page);
  const row = await pinned(page, page.locator("#queue > li:has([data-verb=reject])").nth(2));
  const before = await waiting(page, "join");
  await row.getByRole("checkbox").check();
  const bar = page.getByRole("form", { name: "Selected requests" });
  await bar.getByText("Add a comment").click();
  await bar.getByRole("textbox").click();
  await page.keyboard.type(SENTENCE.slice(0, 8), TYPING);
  await send(other, "/api/requests/approve", { request: await requestOf(row), comment: "" });
  await page.keyboard.type(SENTENCE.slice(8), TYPING);
  await expect(bar.getByRole("textbox")).toHaveValue(SENTENCE);
  await expect(bar.getByRole("textbox")).toBeFocused();
  await expect(bar).toContainText("Nothing is selected any more");
  expect(await waiting(page, "join")).toBe(before - 1);
});

test("when the row in hand leaves by somebody else, its keys rest until one moves on", async ({ signedIn }) => {
  const page = await signedIn(manager);
  const other = await signedIn(superuser);
  await Promise.all([page.goto("/requests"), other.goto("/groups")]);
  await live(page);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const row = await pinned(page, page.locator("#queue > li").nth(1));
  await expect(row).toBeFocused();
  const before = await waiting(page, "join");
  await send(other, "/api/requests/reject", { request: await requestOf(row), comment: "" });
  await expect(row).toHaveCount(0, { timeout: 8_000 });
  expect(await page.evaluate(() => document.activeElement?.tagName), "the focus goes on").not.toBe("BODY");
  await page.keyboard.press("a");
  await page.keyboard.press("x");
  await page.waitForTimeout(300);
  expect(await waiting(page, "join"), "the key was meant for what is gone").toBe(before - 1);
  await page.keyboard.press("j");
  await page.keyboard.press("a");
  await expect.poll(() => waiting(page, "join")).toBe(before - 2);
});

test("a key acts on no row that is out of sight", async ({ signedIn }) => {
  const page = await signedIn(manager);
  await page.goto("/requests");
  await live(page);
  const before = await waiting(page, "join");
  await page.keyboard.press("j");
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await expect(page.locator("#queue > li").first()).not.toBeInViewport();
  await page.keyboard.press("a");
  await expect(page.locator("#queue > li").first(), "it is shown instead").toBeInViewport();
  expect(await waiting(page, "join")).toBe(before);
});

test("a key that is held decides one request", async ({ signedIn }) => {
  const page = await signedIn(manager);
  await page.goto("/requests");
  await live(page);
  const before = await waiting(page, "join");
  await page.keyboard.press("j");
  for (let turn = 0; turn < 12; turn += 1) await page.keyboard.down("r");
  await page.keyboard.up("r");
  await page.waitForTimeout(500);
  expect(await waiting(page, "join")).toBe(before - 1);
});

test("why somebody is removed is written to the end, though they leave meanwhile", async ({ signedIn, muster }) => {
  const page = await signedIn(manager);
  const id = await groupId(page, queues.arrives);
  const members = new MembersPage(page);
  await members.open(id);
  await live(page);
  const row = members.rows.nth(2);
  const user = ((await row.getAttribute("id")) ?? "").replace("member-", "");
  await row.getByRole("link", { name: /^Remove / }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").click();
  await page.keyboard.type(SENTENCE.slice(0, 8), TYPING);
  await new Api(muster).call("DELETE", `/groups/${id}/members/${user}`, { reason: "Asked for it." });
  await page.keyboard.type(SENTENCE.slice(8), TYPING);
  await expect(dialog.getByRole("textbox")).toHaveValue(SENTENCE);
  await expect(dialog.getByRole("textbox")).toBeFocused();
  await expect(dialog).toContainText("not in this list any more");
});

test("a reason is written to the end, though the group opens meanwhile", async ({ signedIn, muster }) => {
  const page = await signedIn(member);
  const group = "Logistics Wing";
  const id = await groupId(page, group);
  await page.goto(`/groups/${id}`);
  await live(page);
  const field = page.getByRole("textbox", { name: "Why? (optional)" });
  await field.click();
  await page.keyboard.type(SENTENCE.slice(0, 8), TYPING);
  await new Api(muster).call("PATCH", `/groups/${id}`, { open: true });
  await page.keyboard.type(SENTENCE.slice(8), TYPING);
  await page.waitForTimeout(1_000);
  await expect(field).toHaveValue(SENTENCE);
  await expect(field).toBeFocused();
  await page.getByRole("heading", { level: 1 }).click();
  await expect(page.getByRole("button", { name: `Join ${group}` }), "once it is left, it is as it is now").toBeVisible();
  await new Api(muster).call("PATCH", `/groups/${id}`, { open: false });
});

test("no row slides under a pointer that rests", async ({ signedIn }) => {
  const page = await signedIn(manager);
  const other = await signedIn(superuser);
  await Promise.all([page.goto("/requests"), other.goto("/groups")]);
  await live(page);
  const rows = page.locator("#queue > li:has([data-verb=approve])");
  const [above, mine, below] = [await pinned(page, rows.nth(0)), await pinned(page, rows.nth(2)), await pinned(page, rows.nth(3))];
  const place = await middle(mine.getByRole("button", { name: /^Approve/ }));
  const next = ((await below.boundingBox())?.y ?? 0);
  await page.mouse.move(place.x, place.y);
  const before = await at(page, place);

  // A row above leaves by somebody else.
  await send(other, "/api/requests/reject", { request: await requestOf(above), comment: "" });
  await expect(above).toHaveCount(0, { timeout: 8_000 });
  expect(await at(page, place)).toEqual(before);

  // One's own leaves from under the pointer.
  await page.mouse.down();
  await page.mouse.up();
  await expect(mine).toHaveCount(0, { timeout: 8_000 });
  expect(await at(page, place), "nothing has come into its place").toEqual({ row: "", control: "" });
  expect(Math.abs(((await below.boundingBox())?.y ?? 0) - next)).toBeLessThan(2);

  // And the space goes once the pointer does.
  await page.mouse.move(5, 5);
  await expect.poll(async () => (await below.boundingBox())?.y ?? 0).toBeLessThan(next - 20);
});

for (const [hand, options] of [["pointer", {}], ["finger", PHONE]] as const) {
  test(`two quick clicks by ${hand} leave one group`, async ({ signedIn }) => {
    const page = await signedIn(member, options);
    await page.goto("/me");
    await live(page);
    const leave = page.getByRole("button", { name: /^Leave / });
    const count = await leave.count();
    // One that is followed by another that is left at once.
    const group = hand === "finger" ? "Juggling" : "Emergency Contacts";
    const first = page.getByRole("button", { name: `Leave ${group}`, exact: true });
    await first.evaluate((button) => button.scrollIntoView({ block: "center" }));
    const place = await middle(first);
    const press = () => (hand === "finger" ? page.touchscreen.tap(place.x, place.y) : page.mouse.click(place.x, place.y));
    await press();
    await page.waitForTimeout(350);
    await press();
    await page.waitForTimeout(1_500);
    await expect(leave).toHaveCount(count - 1);
    await press();
    await page.waitForTimeout(1_000);
    await expect(leave, "nor does a later one").toHaveCount(count - 1);
    await page.reload();
    await live(page);
    await expect(leave).toHaveCount(count - 1);
  });

  test(`a request taken back by ${hand} leaves no other button in its place`, async ({ signedIn }) => {
    const page = await signedIn(member, options);
    const id = await groupId(page, hand === "finger" ? "Sailing" : "Debating Society");
    await requestToJoin(page, id);
    await page.goto("/me");
    await live(page);
    const withdraw = page.getByRole("button", { name: /^Withdraw your request for (Sailing|Debating)/ });
    await withdraw.scrollIntoViewIfNeeded();
    const place = await middle(withdraw);
    const press = () => (hand === "finger" ? page.touchscreen.tap(place.x, place.y) : page.mouse.click(place.x, place.y));
    await press();
    await expect(withdraw).toHaveCount(0);
    await page.waitForTimeout(400);
    expect((await at(page, place)).control).toBe("");
  });
}

test("a double click joins, and does not leave again", async ({ signedIn }) => {
  const page = await signedIn(member);
  await page.goto("/groups");
  await live(page);
  const join = page.getByRole("button", { name: /^Join / }).first();
  const name = ((await join.textContent()) ?? "").trim().replace(/^Join /, "");
  const place = await middle(join);
  await page.mouse.click(place.x, place.y);
  const leave = page.getByRole("button", { name: `Leave ${name}`, exact: true });
  await page.waitForTimeout(250);
  await page.mouse.click(place.x, place.y);
  await expect(leave).toBeVisible();
  await page.waitForTimeout(800);
  await expect(leave, "still a member").toBeVisible();
  // Somebody who means it is not held up.
  await page.mouse.click(place.x, place.y);
  await expect(leave).toHaveCount(0);
});

test("what comes on top of a list moves nothing under the pointer", async ({ signedIn }) => {
  const page = await signedIn(superuser);
  const other = await signedIn(member);
  await other.goto("/groups");
  const id = await groupId(other, "Sailing");
  await page.goto("/audit");
  await live(page);
  const rows = page.locator("tbody tr");
  const third = await rows.nth(3).innerText();
  const place = await middle(rows.nth(3).locator("td").first());
  await page.mouse.move(place.x, place.y);
  const request = await requestToJoin(other, id);
  await send(other, "/api/requests/withdraw", { request });
  await expect(rows.nth(5)).toHaveText(third.replace(/\s+/g, " "), { useInnerText: true });
  const under = await page.evaluate(({ x, y }) => {
    const row = document.elementFromPoint(x, y)?.closest("tr");
    return [...(row?.parentElement?.children ?? [])].indexOf(row as Element);
  }, place);
  expect(under).toBe(5);
});
