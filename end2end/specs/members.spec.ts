// Looking after a group: who is in it, who is removed, and the list as a file.

import { readFile } from "node:fs/promises";
import { expect, live, test } from "../fixtures";
import { groupId } from "../group-id";
import { MembersPage } from "../pages/members";
import { leader, led, manager, member, queues } from "../people";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

test("a member is removed with a reason, and whoever looks on sees it", async ({ signedIn }) => {
  const page = await signedIn(leader);
  const id = await groupId(page, led.together);
  const members = new MembersPage(page);
  const other = new MembersPage(await signedIn(manager));
  await Promise.all([members.open(id), other.open(id)]);
  await Promise.all([live(members.page), live(other.page)]);
  const name = (await members.rows.nth(1).locator(".who-name").innerText()).split("\n")[0] ?? "";
  const next = (await members.rows.nth(2).getAttribute("id")) ?? "";
  const total = page.getByText(/^\d+ members$/).first();
  const count = Number((await total.innerText()).split(" ")[0]);

  await members.remove(name).click();
  const question = page.getByRole("dialog");
  await expect(question.getByRole("heading", { name: `Remove ${name} from ${led.together}?` })).toBeVisible();
  await expect(page).toHaveURL(/[?&]remove=\d+/);
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(page).not.toHaveURL(/remove=/);
  await expect(members.remove(name), "the focus is back where it came from").toBeFocused();

  await page.keyboard.press("Enter");
  await question.getByLabel("Why? (optional)").fill("Gone quiet for a year.");
  await question.getByRole("button", { name: `Remove ${name} from ${led.together}` }).click();
  await expect(page.getByText(`${name} is no longer a member of ${led.together}.`)).toBeVisible();
  await expect(members.row(name)).toHaveCount(0);
  await expect(other.row(name), "the other page follows").toHaveCount(0);
  await expect(total).toHaveText(`${count - 1} members`);
  await expect(page.locator(`#${next}`), "the next one has the focus").toBeFocused();

  await page.goto(`/manage/${id}/audit?kind=removed`);
  await expect(page.getByText("Gone quiet for a year.")).toBeVisible();
});

test("a member is removed without scripts", async ({ signedIn }) => {
  const page = await signedIn(leader, { javaScriptEnabled: false });
  const members = new MembersPage(page);
  await members.open(await groupId(page, led.together));
  const name = (await members.rows.nth(2).locator(".who-name").innerText()).split("\n")[0] ?? "";
  await members.remove(name).click();
  await page.getByLabel("Why? (optional)").fill("By plain form.");
  await page.getByRole("button", { name: `Remove ${name} from ${led.together}` }).click();
  await expect(members.row(name)).toHaveCount(0);
});

test("who is let in appears in the list with how they got in", async ({ signedIn }) => {
  const page = await signedIn(leader);
  const id = await groupId(page, queues.arrives);
  const members = new MembersPage(page);
  await members.open(id, "?order=newest");
  await live(page);
  const decider = await signedIn(manager);
  await decider.goto(`/requests?group=${id}`);
  await live(decider);
  const row = decider.locator("#queue > li").first();
  const name = (await row.locator("strong").innerText()) ?? "";
  await row.getByRole("button", { name: /^Approve/ }).click();
  await expect(members.rows.first()).toContainText(name);
  await expect(members.rows.first()).toContainText(`Approved by ${manager.username}`);
  await page.reload();
  await expect(members.rows.first()).toContainText(`Approved by ${manager.name}`);
});

test("the list is searched, sorted and taken along as a file", async ({ signedIn }) => {
  const page = await signedIn(leader);
  const members = new MembersPage(page);
  await members.open(await groupId(page, queues.arrives));
  await live(page);
  const name = (await members.rows.nth(3).locator(".who-name").innerText()).split("\n")[0] ?? "";
  await page.getByRole("searchbox").fill(name);
  await expect(page).toHaveURL(/search=/);
  await expect(members.rows).toHaveCount(1);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^members-\d+\.csv$/);
  const text = await readFile(await file.path(), "utf8");
  expect(text.startsWith("\ufeffMember,Username,")).toBe(true);
  expect(text.trim().split("\r\n")).toHaveLength(2);
  expect(text).toContain(name);

  await page.getByRole("searchbox").fill("");
  await expect(members.rows.nth(5)).toBeVisible();
  await page.getByRole("columnheader", { name: "Since" }).getByRole("link").click();
  await expect(page).toHaveURL(/order=newest/);
  await expect(page.getByRole("columnheader", { name: "Since" })).toHaveAttribute("aria-sort", "descending");
  await page.goBack();
  await expect(page).not.toHaveURL(/order=newest/);
});

test("on paper the list is a table that says which part it is", async ({ signedIn }) => {
  const page = await signedIn(leader);
  const members = new MembersPage(page);
  await members.open(await groupId(page, led.together), "?search=a");
  await live(page);
  const total = ((await page.getByText(/^\d+ members$/).first().innerText()) ?? "").split(" ")[0] ?? "";
  const part = page.getByText("This is a part of the list:");
  await page.emulateMedia({ media: "print" });
  await expect(part).toContainText(`${await members.rows.count()} of ${total} members`);
  await expect(part).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
  const columns = await members.rows.first().evaluate((row) => getComputedStyle(row).display);
  expect(columns, "rows stay rows on paper").toBe("table-row");
  await page.emulateMedia({ media: "screen" });
  await expect(part).toBeHidden();
});

test("on a phone each member is a card", async ({ signedIn }) => {
  const page = await signedIn(leader, PHONE);
  const members = new MembersPage(page);
  await members.open(await groupId(page, queues.arrives));
  await live(page);
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overhang).toBeLessThanOrEqual(0);
  const remove = members.rows.first().getByRole("link", { name: /^Remove / });
  const box = await remove.boundingBox();
  expect(box?.height ?? 0, "a finger meets it").toBeGreaterThanOrEqual(44);
  await remove.tap();
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("who does not look after a group does not see who is in it", async ({ signedIn, watch }) => {
  watch.forgive(/status of 403/);
  const page = await signedIn(member);
  const id = await groupId(page, led.together);
  const answer = await page.goto(`/manage/${id}/members`);
  expect(answer?.status()).toBe(403);
  const file = await page.request.get(`/manage/${id}/members.csv`);
  expect(file.status()).toBe(403);
});
