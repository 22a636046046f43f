// The account: how others see one, and what opens it.

import { expect, live, test } from "../fixtures";
import { MePage } from "../pages/me";
import { PASSWORD, manager, member, staff } from "../people";

test("a token is shown once, works, and is refused once it is revoked", async ({ signedIn, muster }) => {
  const me = new MePage(await signedIn(member));
  await me.openProfile();
  await live(me.page);
  const tokens = me.part("API tokens");
  await tokens.getByText("Create token").first().click();
  await tokens.getByLabel("What it is for").fill("Roster bot");
  await tokens.getByLabel("Present password").fill(PASSWORD);
  await tokens.getByRole("button", { name: "Create token" }).click();
  const secret = await tokens.getByLabel("Your new token").inputValue();
  expect(secret.length, "nobody guesses it").toBeGreaterThan(30);
  await expect(tokens.getByLabel("Your new token")).toBeFocused();

  const asks = () => fetch(`${muster.url}/api/v1/me`, { headers: { authorization: `Bearer ${secret}` } });
  expect((await asks()).status).toBe(200);
  await me.page.reload();
  await expect(tokens.getByText("Roster bot", { exact: true })).toBeVisible();
  expect(await me.page.content(), "it is not shown again").not.toContain(secret);

  await tokens.getByRole("button", { name: "Revoke the token Roster bot" }).click();
  await expect(tokens.getByText("You have no tokens.")).toBeVisible();
  expect((await asks()).status).toBe(401);
});

test("another session is ended, and stops at once", async ({ signedIn, browser, muster, watch }) => {
  // The one that is ended is told so by a refusal.
  watch.forgive(/status of 401/);
  const me = new MePage(await signedIn(manager));
  const other = await browser.newContext({ baseURL: muster.url, userAgent: "Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1" });
  const form = { username: manager.username, password: PASSWORD, next: "/groups" };
  await other.request.post("/login", { form, headers: { origin: muster.url } });
  const elsewhere = await other.newPage();
  await elsewhere.goto("/groups");
  await live(elsewhere);

  await me.openProfile();
  await live(me.page);
  await me.page.getByRole("button", { name: "End the session of Safari on iPhone" }).first().click();
  await expect(me.page.getByText("The session has ended.")).toBeVisible();
  await expect(elsewhere).toHaveURL(/\/login/);
  await other.close();
});

test("a password that does not fit is said beside its field, and the field takes the focus", async ({ signedIn, watch }) => {
  watch.forgive(/status of 422/);
  const me = new MePage(await signedIn(staff));
  await me.openProfile();
  await live(me.page);
  const part = me.part("Password");
  await part.getByLabel("Present password").fill(PASSWORD);
  await part.getByLabel("New password", { exact: true }).fill("a few words in a row");
  await part.getByLabel("New password again").fill("a few words in a raw");
  await part.getByRole("button", { name: "Change password" }).click();
  await expect(part.getByRole("alert")).toBeVisible();
  await expect(part.getByLabel("New password again")).toBeFocused();
});

test("another main character is how others see one", async ({ signedIn }) => {
  const me = new MePage(await signedIn(staff));
  await me.openProfile();
  await live(me.page);
  const part = me.part("Main character");
  await part.getByRole("radio", { name: /^None/ }).check();
  await part.getByRole("button", { name: "Use as main character" }).click();
  await expect(me.part("You").getByText(staff.username, { exact: true }).first()).toBeVisible();
  await part.getByRole("radio", { name: new RegExp(`^${staff.name}`) }).check();
  await part.getByRole("button", { name: "Use as main character" }).click();
  await expect(me.part("You").getByText(staff.name, { exact: true })).toBeVisible();
});
