// The audit log: narrowed by what, who and when, kept true while it is open, taken along as a file.

import { readFile } from "node:fs/promises";
import { expect, live, test } from "../fixtures";
import { groupId } from "../group-id";
import { leader, member, queues, superuser } from "../people";

test("the log is narrowed and taken along as a file", async ({ signedIn }) => {
  const page = await signedIn(leader);
  const id = await groupId(page, queues.arrives);
  await page.goto(`/manage/${id}/audit`);
  await live(page);
  const rows = page.locator("tbody > tr");
  await page.getByLabel("Type").selectOption({ label: "Join" });
  await page.getByLabel("Action").selectOption({ label: "Rejected" });
  await expect(page).toHaveURL(/kind=join&action=rejected/);
  await expect(rows.first()).toContainText("Rejected");
  const requestor = rows.first().locator("td[data-label='Requestor'] a");
  const name = ((await requestor.innerText()) ?? "").split(":")[0] ?? "";
  await requestor.click();
  await expect(page).toHaveURL(/requestor=\d+/);
  for (const row of await rows.all()) await expect(row).toContainText(name);
  const count = await rows.count();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export CSV" }).click();
  const text = await readFile(await (await download).path(), "utf8");
  expect(text.trim().split("\r\n")).toHaveLength(count + 1);
  await page.getByRole("link", { name: "Without the filter “Requestor”" }).click();
  await expect(page).not.toHaveURL(/requestor=/);
});

test("a name is looked up when it is sent", async ({ signedIn }) => {
  const page = await signedIn(superuser);
  await page.goto("/audit");
  await live(page);
  await page.getByText("Who and when").click();
  await page.getByLabel("Actor").fill(leader.username);
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/actor=leila/);
  await expect(page.locator("tbody > tr").first().locator("td[data-label='Actor']")).toContainText(leader.username);
  await page.getByLabel("Actor").fill("nobody at all");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByText("Nothing is recorded here.")).toBeVisible();
  await page.getByRole("link", { name: "Show everything" }).click();
  await expect(page.locator("tbody > tr")).toHaveCount(50);
});

test("what happens stands on top at once", async ({ signedIn }) => {
  const page = await signedIn(leader);
  const id = await groupId(page, queues.arrives);
  await page.goto(`/manage/${id}/audit`);
  await live(page);
  const groups = await signedIn(member);
  await groups.goto(`/groups?search=${encodeURIComponent(queues.arrives)}`);
  await live(groups);
  await groups.getByRole("button", { name: `Request to join ${queues.arrives}`, exact: true }).click();
  const first = page.locator("tbody > tr").first();
  await expect(first).toContainText(member.username);
  await expect(first).toContainText("Requested");
  await groups.getByRole("button", { name: `Withdraw your request for ${queues.arrives}`, exact: true }).click();
  await expect(first).toContainText("Withdrawn");
});

test("the log is narrowed without scripts", async ({ signedIn }) => {
  const page = await signedIn(leader, { javaScriptEnabled: false });
  const id = await groupId(page, queues.arrives);
  await page.goto(`/manage/${id}/audit`);
  await page.getByLabel("Type").selectOption({ label: "Leave" });
  await page.getByText("Who and when").click();
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/kind=leave/);
  for (const row of await page.locator("tbody > tr").all()) await expect(row).toContainText("Leave");
});
