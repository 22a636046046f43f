// A hand that is on its way while the page changes: it was aimed at what stood there before, so what has come into its place,
// or says something else by now, does not hear of the click, nor a button under the focus of the key. What has stood still
// hears of every one.

import type { Locator, Page } from "@playwright/test";
import { send } from "../ask";
import { groupId } from "../group-id";
import { expect, live, test } from "../fixtures";
import { Api } from "../office";
import { type Person, manager, member, superuser } from "../people";

test.describe.configure({ timeout: 60_000 });

const PHONE = { viewport: { width: 412, height: 915 }, hasTouch: true, isMobile: true };
const SMALL_PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

async function middle(of: Locator): Promise<{ x: number; y: number }> {
  const box = await of.boundingBox();
  if (box === null) throw new Error("it is not there");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** What the page sends from now on. */
function posts(page: Page): string[] {
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && /\/(groups|requests)\/(join|leave|approve|reject|withdraw)$/.test(request.url())) {
      sent.push(`${new URL(request.url()).pathname} ${request.postData() ?? ""}`);
    }
  });
  return sent;
}

async function idOf(api: Api, person: Person): Promise<number> {
  const found = await api.call("GET", `/users?q=${person.username}`);
  return found.items.find((user: { username: string }) => user.username === person.username).id;
}

const queueRows = (page: Page) => page.locator("#queue > li:has([data-verb=approve])");

/** A row of the queue by what it is about, wherever it has gone. */
async function pinned(page: Page, place: number): Promise<{ row: Locator; id: string }> {
  const id = (await queueRows(page).nth(place).getAttribute("id")) ?? "";
  return { row: page.locator(`#${id}`), id: id.replace("request-", "") };
}

/** Waits for a row to leave, to the frame. */
async function left(page: Page, request: string): Promise<void> {
  await page.waitForFunction((id) => document.getElementById(id) === null, `request-${request}`, { polling: "raf" });
}

for (const [hand, options] of [["mouse", {}], ["finger", PHONE]] as const) {
  for (const later of [0, 120, 300]) {
    test(`a ${hand} that comes ${later} ms after a row has left decides nothing that has come into its place`, async ({ signedIn }) => {
      const page = await signedIn(manager, options);
      const other = await signedIn(superuser);
      await Promise.all([page.goto("/requests"), other.goto("/groups")]);
      await live(page);
      const first = await pinned(page, 0);
      const second = await pinned(page, 1);
      const place = await middle(second.row.getByRole("button", { name: /^Approve/ }));
      const sent = posts(page);
      await send(other, "/api/requests/reject", { request: first.id, comment: "" });
      await left(page, first.id);
      await page.waitForTimeout(later);
      if (hand === "finger") await page.touchscreen.tap(place.x, place.y);
      else await page.mouse.click(place.x, place.y);
      await page.waitForTimeout(300);
      expect(sent).toEqual([]);
      // Somebody who means it is not held up.
      await page.waitForTimeout(500);
      await second.row.getByRole("button", { name: /^Approve/ }).click();
      await expect.poll(() => sent.length).toBe(1);
      expect(sent[0]).toContain(`request=${second.id}`);
    });
  }
}

test("a row that stands still hears of the click, though one below it has just left", async ({ signedIn }) => {
  const page = await signedIn(manager);
  const other = await signedIn(superuser);
  await Promise.all([page.goto("/requests"), other.goto("/groups")]);
  await live(page);
  const first = await pinned(page, 0);
  const third = await pinned(page, 2);
  const place = await middle(first.row.getByRole("button", { name: /^Approve/ }));
  const sent = posts(page);
  await send(other, "/api/requests/reject", { request: third.id, comment: "" });
  await left(page, third.id);
  await page.mouse.click(place.x, place.y);
  await expect.poll(() => sent.length).toBe(1);
  expect(sent[0]).toContain(`request=${first.id}`);
});

test("a tap on a group one leaves is taken for no other, where one was left elsewhere", async ({ signedIn }) => {
  const page = await signedIn(member, SMALL_PHONE);
  await page.goto("/me");
  await live(page);
  const leave = page.getByRole("button", { name: /^Leave / });
  const above = page.locator("main li").filter({ has: leave.first() });
  const group = /\d+/.exec((await above.getByRole("link").first().getAttribute("href")) ?? "")?.[0] ?? "";
  const count = await leave.count();
  const aimed = leave.nth(1);
  await aimed.evaluate((button) => button.scrollIntoView({ block: "center" }));
  const place = await middle(aimed);
  const sent = posts(page);
  await send(page, "/api/groups/leave", { group, reason: "" });
  await expect(leave).toHaveCount(count - 1);
  await page.touchscreen.tap(place.x, place.y);
  await page.waitForTimeout(500);
  expect(sent).toEqual([]);
});

test.describe("what says something else by now", () => {
  const group = "House Rules Accepted";

  /** Leaves the group, where a test before has left somebody in it. */
  async function outside(page: Page, id: string): Promise<void> {
    await page.goto(`/groups/${id}`);
    if (await page.getByRole("button", { name: `Leave ${group}`, exact: true }).isVisible()) {
      await send(page, "/api/groups/leave", { group: id, reason: "" });
    }
  }

  for (const path of ["list", "page"]) {
    for (const [way, later] of [["tap", 100], ["tap", 300], ["mouse", 100], ["key", 100], ["key", 350]] as const) {
      test(`nobody leaves who has just been added (${path}, ${way} after ${later} ms)`, async ({ signedIn, muster }) => {
        const api = new Api(muster);
        const page = await signedIn(member, way === "tap" ? PHONE : {});
        const [id, user] = [await groupId(page, group), await idOf(api, member)];
        await outside(page, id);
        await page.goto(path === "list" ? `/groups?search=${encodeURIComponent(group)}` : `/groups/${id}`);
        await live(page);
        const join = page.getByRole("button", { name: `Join ${group}`, exact: true });
        const leave = page.getByRole("button", { name: `Leave ${group}`, exact: true });
        if (way === "key") await join.focus();
        const place = await middle(join);
        const sent = posts(page);
        await api.call("PUT", `/groups/${id}/members/${user}`);
        const name = `Leave ${group}`;
        const says = (name: string) => [...document.querySelectorAll("main button")].some((it) => it.textContent === name);
        await page.waitForFunction(says, name, { polling: "raf" });
        await page.waitForTimeout(later);
        if (way === "tap") await page.touchscreen.tap(place.x, place.y);
        else if (way === "mouse") await page.mouse.click(place.x, place.y);
        else await page.keyboard.press("Enter");
        await page.waitForTimeout(300);
        expect(sent).toEqual([]);
        await expect(leave).toBeVisible();
        // Somebody who has read it is not held up.
        await page.waitForTimeout(700);
        const there = await middle(leave);
        if (way === "tap") await page.touchscreen.tap(there.x, there.y);
        else if (way === "mouse") await page.mouse.click(there.x, there.y);
        else await page.keyboard.press(later === 100 ? "Enter" : " ");
        await expect(join).toBeVisible();
        expect(sent.length).toBe(1);
      });
    }
  }

  test("whoever has gone on to a button by themselves presses it at once", async ({ signedIn, muster }) => {
    const api = new Api(muster);
    const page = await signedIn(member);
    const [id, user] = [await groupId(page, group), await idOf(api, member)];
    await outside(page, id);
    await page.goto(`/groups?search=${encodeURIComponent(group)}`);
    await live(page);
    await page.getByRole("button", { name: `Join ${group}`, exact: true }).focus();
    await api.call("PUT", `/groups/${id}/members/${user}`);
    await expect(page.getByRole("button", { name: `Leave ${group}`, exact: true })).toBeVisible();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    const sent = posts(page);
    await page.keyboard.press("Enter");
    await expect.poll(() => sent.length).toBe(1);
  });
});
