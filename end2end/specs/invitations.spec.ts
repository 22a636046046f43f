// Invitations: made, used by those who come by them, and revoked.

import { expect, live, test } from "../fixtures";
import { Api } from "../office";
import { superuser } from "../people";

test.beforeEach(async ({ muster }) => {
  await new Api(muster).call("PATCH", "/settings", { registration: "invitation" });
});

/** A day far enough from now. */
const inAMonth = () => new Date(Date.now() + 30 * 24 * 3600 * 1000).toISOString().slice(0, 10);

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";

  for (const office of ["superuser", "staff of users"]) {
    test(`${office}: somebody is invited, comes, and nobody else does, ${how}`, async ({ muster, signedIn, browser, watch }) => {
      const name = `guest.${javaScriptEnabled ? "js" : "plain"}.${office.length}`;
      const who = office === "superuser" ? superuser : await new Api(muster).officer(`inviter.of.${name}`, "manage_users");
      const page = await signedIn(who, { javaScriptEnabled });
      await page.goto("/admin/invitations");
      if (javaScriptEnabled) await live(page);
      await page.getByText("Create an invitation").first().click();
      await page.getByLabel("How many accounts").fill("1");
      await page.getByLabel("Good until").fill(inAMonth());
      await page.getByLabel("For whom, or for what (optional)").fill(`For ${name}`);
      await page.getByRole("button", { name: "Create an invitation" }).click();
      const link = await page.getByLabel("Invitation link").inputValue();
      if (!javaScriptEnabled) await page.getByRole("link", { name: "I have copied it: go on" }).click();
      const row = page.getByRole("row").filter({ hasText: `For ${name}` });
      await expect(row).toContainText("0 of 1");

      const context = await browser.newContext({ baseURL: muster.url, javaScriptEnabled });
      watch.over(context, muster.url);
      const visitor = await context.newPage();
      await visitor.goto("/register");
      await expect(visitor.getByRole("button")).toHaveCount(0);
      await visitor.goto(link.trim().slice(muster.url.length));
      await visitor.getByLabel("Username").fill(name);
      await visitor.getByLabel("E-mail").fill(`${superuser.username}@example.org`);
      await visitor.getByLabel("Password", { exact: true }).fill("a password of theirs");
      await visitor.getByLabel("Password again").fill("a password of theirs");
      await visitor.getByRole("button", { name: "Create the account" }).click();
      await expect(visitor.getByText("Another account signs in with this address.")).toBeVisible();
      await expect(visitor.getByLabel("E-mail")).toHaveAttribute("aria-invalid", "true");
      await visitor.getByLabel("E-mail").fill("");
      await visitor.getByLabel("Password", { exact: true }).fill("a password of theirs");
      await visitor.getByLabel("Password again").fill("a password of theirs");
      await visitor.getByRole("button", { name: "Create the account" }).click();
      await expect(visitor).toHaveURL(/\/groups$/);
      await context.clearCookies();
      await visitor.goto(link.trim().slice(muster.url.length));
      await expect(visitor.getByText("this one is no longer good")).toBeVisible();
      await context.close();

      if (!javaScriptEnabled) await page.reload();
      await expect(row).toContainText("1 of 1");
      await expect(row).toContainText("Used up");
      await page.getByRole("link", { name: "Still good" }).click();
      await expect(page).toHaveURL(/show=/);
      await expect(row).toHaveCount(0);
    });
  }

  test(`an invitation is revoked, ${how}`, async ({ signedIn }) => {
    const page = await signedIn(superuser, { javaScriptEnabled });
    await page.goto("/admin/invitations");
    if (javaScriptEnabled) await live(page);
    await page.getByText("Create an invitation").first().click();
    await page.getByLabel("How many accounts").fill("3");
    await page.getByLabel("Good until").fill(inAMonth());
    await page.getByLabel("For whom, or for what (optional)").fill(`Mistake ${how}`);
    await page.getByRole("button", { name: "Create an invitation" }).click();
    await expect(page.getByLabel("Invitation link")).toHaveValue(/register\?invitation=/);
    if (!javaScriptEnabled) await page.getByRole("link", { name: "I have copied it: go on" }).click();
    const row = page.getByRole("row").filter({ hasText: `Mistake ${how}` });
    await row.getByRole("button", { name: /^Revoke/ }).click();
    await expect(row).toContainText("Revoked");
    await expect(row.getByRole("button")).toHaveCount(0);
  });
}

test("what an invitation cannot be is told, and nothing is lost", async ({ signedIn, watch }) => {
  watch.forgive(/status of 422/);
  for (const javaScriptEnabled of [true, false]) {
    const page = await signedIn(superuser, { javaScriptEnabled });
    await page.goto("/admin/invitations");
    if (javaScriptEnabled) await live(page);
    await page.getByText("Create an invitation").first().click();
    await page.getByLabel("How many accounts").fill("5000");
    await page.getByLabel("Good until").fill(inAMonth());
    await page.getByRole("button", { name: "Create an invitation" }).click();
    await expect(page.getByText(/has to lie between 1 and 1,000/).first()).toBeVisible();
    await expect(page.getByLabel("How many accounts")).toHaveValue("5000");
    await expect(page.getByLabel("How many accounts")).toHaveAttribute("aria-invalid", "true");
  }
});
