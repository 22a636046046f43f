// Coming in and going out.

import { expect, test } from "../fixtures";
import { PASSWORD, member } from "../people";

test("a visitor is asked to sign in and returns to where they were going", async ({ page }) => {
  await page.goto("/groups?filter=joined");
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.getByLabel("Username or e-mail").fill(member.username);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/groups\?filter=joined$/);
  await expect(page.getByText(member.name).first()).toBeVisible();

  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).first().click();
  await expect(page).toHaveURL(/\/login/);
  await page.goto("/groups");
  await expect(page).toHaveURL(/\/login/);
});

test("a wrong password and an unknown name are answered alike", async ({ page }) => {
  for (const username of [member.username, "nobody-of-this-name"]) {
    await page.goto("/login");
    await page.getByLabel("Username or e-mail").fill(username);
    await page.getByLabel("Password").fill("wrong-password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("No account has this name and password together.")).toBeVisible();
    await expect(page.getByLabel("Username or e-mail")).toHaveValue(username);
  }
});
