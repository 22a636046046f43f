// The first start: an empty database, and the page that makes the first account.

import { Muster, run } from "../muster";
import { expect, test as base } from "../fixtures";

const test = base.extend<{ empty: Muster }>({
  empty: async ({}, use) => {
    const muster = await Muster.serve();
    await use(muster);
    await muster.discard();
  },
  baseURL: async ({ empty }, use) => use(empty.url),
});

test("a stranger finds no form, and is told who has the code", async ({ page }) => {
  await page.goto("/groups");
  await expect(page).toHaveURL(/\/setup$/);
  await expect(page.getByLabel("Username")).toHaveCount(0);
  await page.getByLabel("Code").fill("guessed");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("This is not the code of the last start.")).toBeVisible();
  await expect(page.getByLabel("Username")).toHaveCount(0);
});

test("the code can be typed, too", async ({ page, empty }) => {
  await page.goto("/setup");
  await page.getByLabel("Code").fill(new URL(await empty.setupLink()).searchParams.get("code") ?? "");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByLabel("Username")).toBeVisible();
});

test("whoever started it makes the superuser, and the page closes", async ({ page, empty }) => {
  await page.goto(await empty.setupLink());
  await page.getByLabel("Username").fill("root");
  await page.getByLabel("E-mail").fill("root@example.org");
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await page.getByLabel("Password again").fill("correct horse battery");
  await page.getByRole("button", { name: "Create the superuser" }).click();
  await expect(page).toHaveURL(/\/groups/);
  await expect(page.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();

  await page.context().clearCookies();
  await page.goto(await empty.setupLink());
  await expect(page.getByRole("button", { name: "Create the superuser" })).toHaveCount(0);
  expect(run(empty.dataDir, ["user", "list"])).toContain("root");
});

test("what does not fit is said beside its field", async ({ page, empty }) => {
  await page.goto(await empty.setupLink());
  await page.getByLabel("Username").fill("root");
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await page.getByLabel("Password again").fill("battery horse correct");
  await page.getByRole("button", { name: "Create the superuser" }).click();
  await expect(page.getByText("The two passwords differ.")).toBeVisible();
  await expect(page.getByLabel("Username")).toHaveValue("root");
});
