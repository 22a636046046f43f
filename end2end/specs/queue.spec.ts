// Clearing the queue: by keyboard alone, many at once, together with others, and with a server that does not behave.

import type { Page } from "@playwright/test";
import { expect, live, test } from "../fixtures";
import { groupId } from "../group-id";
import { RequestsPage } from "../pages/requests";
import { leader, manager, member, queues } from "../people";

/** Opens the queue of a group that nobody's test decides but this one's. */
async function queue(page: Page, group: string): Promise<RequestsPage> {
  const requests = new RequestsPage(page);
  await requests.open(await groupId(page, group));
  await live(page);
  return requests;
}

test("the queue is cleared by its keys", async ({ signedIn }) => {
  const { page, rows } = await queue(await signedIn(leader), queues.keys);
  const first = rows.first();
  await page.keyboard.press("j");
  await expect(first).toBeFocused();
  await page.keyboard.press("j");
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press("k");
  await expect(first).toBeFocused();

  await page.keyboard.press("x");
  await expect(first.getByRole("checkbox")).toBeChecked();
  await page.keyboard.press("x");
  await expect(first.getByRole("checkbox")).not.toBeChecked();

  await page.keyboard.press("c");
  await page.keyboard.type("Welcome aboard");
  await expect(first.getByRole("textbox")).toHaveValue("Welcome aboard");
  await page.keyboard.press("Escape");
  await expect(first).toBeFocused();

  await page.keyboard.press("a");
  await expect(first.getByText("Approved, just now")).toBeVisible();
  await expect(rows.nth(1), "the next one has the focus").toBeFocused();
  await page.keyboard.press("r");
  await expect(rows.nth(1).getByText("Rejected, just now")).toBeVisible();
  const focused = () => page.evaluate(() => document.activeElement?.tagName);
  await expect(page.getByText("just now")).toHaveCount(0, { timeout: 10_000 });
  expect(await focused(), "something still has the focus").not.toBe("BODY");
});

test("many are decided at once, and the one that somebody else has decided says so", async ({ signedIn, muster, cookies }) => {
  const { page, rows } = await queue(await signedIn(leader), queues.many);
  const count = await rows.count();
  expect(count, "there is something to decide").toBeGreaterThan(2);
  const name = (await rows.first().locator("strong").textContent()) ?? "";
  const id = ((await rows.first().getAttribute("id")) ?? "").replace("request-", "");
  await signedIn(manager);

  await page.getByLabel(`Select all ${count} shown`).check();
  await expect(page.getByText(`${count} selected`)).toBeVisible();
  // Somebody else is faster by so little that the page cannot know.
  await page.route("**/api/requests/approve_each", async (route) => {
    const other = cookies.get(manager.username)?.cookies.map((cookie) => `${cookie.name}=${cookie.value}`).join("; ");
    const headers = { cookie: other ?? "", accept: "application/json", origin: muster.url };
    const form = new URLSearchParams({ request: id });
    const answer = await fetch(`${muster.url}/api/requests/reject`, { method: "POST", headers, body: form });
    expect(answer.status).toBe(200);
    await route.continue();
  }, { times: 1 });
  await page.getByRole("button", { name: `Approve (${count}) the selected requests` }).click();

  const report = page.getByRole("status").filter({ hasText: "1 was not:" });
  await expect(report).toContainText(`${count - 1} request`);
  await expect(report).toContainText(`${name} – ${queues.many} – Rejected by ${manager.name} before you.`);
  await expect(report).toBeFocused();
  await expect(rows).toHaveCount(0, { timeout: 10_000 });
  await expect(page.getByText("No requests to join wait.")).toBeVisible();
  await expect(page.getByText(/ (approved|rejected) .+’s request to join .+ just now/), "what was decided last").toBeVisible();
  await report.getByRole("button", { name: "Close" }).click();
  await expect(report).toHaveCount(0);
});

test("what the server does not answer comes back with the reason", async ({ signedIn, watch }) => {
  watch.forgive(/status of 50[03]|ERR_FAILED|net::ERR/);
  const { page, rows } = await queue(await signedIn(leader), queues.faults);
  const first = rows.first();
  const approve = first.getByRole("button", { name: /^Approve/ });

  await page.route("**/api/requests/approve", (route) => route.fulfill({ status: 500, body: "broken" }), { times: 1 });
  await approve.click();
  await expect(first.getByRole("alert")).toContainText("Something broke on our side");
  await expect(approve).toBeEnabled();

  // Ten seconds are slow, but an answer.
  await page.clock.install();
  let answer: () => void = () => undefined;
  const late = new Promise<void>((now) => (answer = now));
  await page.route("**/api/requests/approve", async (route) => { await late; await route.fulfill({ status: 503, json: "busy" }); }, { times: 1 });
  await approve.click();
  await page.clock.fastForward(10_000);
  await expect(first.getByText("Approved")).toBeVisible();
  answer();
  await expect(first.getByRole("alert")).toContainText("The server has too much to do");

  await page.route("**/api/requests/approve", () => undefined, { times: 1 });
  await approve.click();
  await page.clock.fastForward(16_000);
  await expect(first.getByRole("alert")).toContainText("No answer yet. Try again");
  await expect(approve).toBeVisible();
});

test("many that are cut off in the middle stay selected", async ({ signedIn, watch }) => {
  watch.forgive(/ERR_FAILED|net::ERR/);
  const { page, rows } = await queue(await signedIn(leader), queues.faults);
  await rows.first().getByRole("checkbox").check();
  await page.route("**/api/requests/reject_each", (route) => route.abort(), { times: 1 });
  await page.getByRole("button", { name: "Reject (1) the selected requests" }).click();
  const report = page.getByRole("status").filter({ hasText: "1 was not sent. It is still selected." });
  await expect(report).toContainText("The server cannot be reached.");
  await expect(rows.first().getByRole("checkbox")).toBeChecked();
});

test("a new request comes at the end and moves nothing", async ({ signedIn }) => {
  const groups = await signedIn(member);
  const { page, rows } = await queue(await signedIn(leader), queues.arrives);
  const before = await rows.count();
  await page.keyboard.press("j");
  const place = () => rows.first().evaluate((row) => row.getBoundingClientRect().top);
  const top = await place();
  await groups.goto(`/groups?search=${encodeURIComponent(queues.arrives)}`);
  await groups.getByRole("button", { name: `Request to join ${queues.arrives}`, exact: true }).click();
  await expect(rows).toHaveCount(before + 1);
  await expect(rows.last()).toContainText(member.name);
  await expect(rows.first()).toBeFocused();
  expect(await place()).toBe(top);
  await expect(page.getByText(`New request: ${member.name} wants to join ${queues.arrives}.`)).toBeAttached();
  await groups.getByRole("button", { name: `Withdraw your request for ${queues.arrives}`, exact: true }).click();
  await expect(rows).toHaveCount(before, { timeout: 10_000 });
});

test("the filters stand in the address, and back and forward keep them", async ({ signedIn }) => {
  const page = await signedIn(leader);
  await page.goto("/requests");
  await live(page);
  const rows = page.locator("#queue > li");
  const all = await rows.count();
  const chosen = page.locator("select[name='group']");
  await chosen.selectOption({ label: queues.faults });
  await expect(page).toHaveURL(/\/requests\?group=\d+$/);
  const narrowed = page.url();
  await page.getByRole("link", { name: /^Leave \(/ }).click();
  await expect(page).toHaveURL(/kind=leave&group=\d+/);
  await page.goBack();
  await expect(page).toHaveURL(narrowed);
  await expect(chosen.locator("option:checked")).toHaveText(queues.faults);
  for (const row of await rows.all()) await expect(row).toContainText(queues.faults);
  await page.goBack();
  await expect(page).toHaveURL(/\/requests$/);
  await expect(chosen).toHaveValue("");
  await expect(rows).toHaveCount(all);
  await page.goForward();
  await expect(page).toHaveURL(narrowed);
  await expect(chosen.locator("option:checked")).toHaveText(queues.faults);
});

test("many are decided at once without scripts, and the page says what came of it", async ({ signedIn }) => {
  const page = await signedIn(leader, { javaScriptEnabled: false });
  const requests = new RequestsPage(page);
  await requests.open(await groupId(page, queues.plain));
  const count = await requests.rows.count();
  expect(count).toBeGreaterThan(1);
  await requests.rows.nth(0).getByRole("checkbox").check();
  await requests.rows.nth(1).getByRole("checkbox").check();
  await page.getByRole("button", { name: "Reject the selected requests" }).click();
  await expect(page.getByText("2 requests rejected.")).toBeVisible();
  await expect(requests.rows).toHaveCount(count - 2);
});
