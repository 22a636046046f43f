// The groups one decides for.

import { expect, live, test } from "../fixtures";
import { leader, member, queues } from "../people";

test("what waits in a group is counted as it comes and goes", async ({ signedIn }) => {
  const page = await signedIn(leader);
  await page.goto("/manage");
  await live(page);
  const group = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: queues.arrives }) });
  const queue = group.getByRole("link", { name: /to join/ });
  const before = Number(((await queue.innerText()).match(/(\d+) to join/) ?? [])[1]);
  const groups = await signedIn(member);
  await groups.goto(`/groups?search=${encodeURIComponent(queues.arrives)}`);
  await live(groups);
  await groups.getByRole("button", { name: `Request to join ${queues.arrives}`, exact: true }).click();
  await expect(queue).toContainText(`${before + 1} to join`);
  await groups.getByRole("button", { name: `Withdraw your request for ${queues.arrives}`, exact: true }).click();
  await expect(queue).toContainText(`${before} to join`);
  await queue.click();
  await expect(page).toHaveURL(/\/requests\?group=\d+/);
  await expect(page.getByRole("heading", { level: 1, name: "Requests" })).toBeVisible();
});

test("what needs care comes first and says why", async ({ signedIn }) => {
  const page = await signedIn(leader);
  await page.goto("/manage");
  const care = page.getByRole("region").or(page.locator("section")).filter({ has: page.getByRole("heading", { name: "Needs care" }) });
  await expect(care.getByText("The oldest request came").first()).toBeVisible();
});

test("the join link is copied", async ({ signedIn }) => {
  const page = await signedIn(leader, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto("/manage");
  await live(page);
  await page.getByRole("button", { name: "Copy join link" }).first().click();
  await expect(page.getByText("The join link is copied.")).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/join\/\S{16,}$/);
});
