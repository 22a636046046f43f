// Looking after accounts: made, found, changed, deactivated and deleted, by superusers and by staff of users.

import type { Page } from "@playwright/test";
import { expect, live, test } from "../fixtures";
import { Api } from "../office";
import { manager, member, superuser } from "../people";

const foreseen = (page: Page) => page.getByRole("region", { name: "What this would do" });
const look = (page: Page) => page.getByRole("button", { name: "See what it would do" });
/** What somebody may do, each with where it comes from. */
const held = (page: Page) => page.locator(".held").getByRole("listitem");
const ONLY_SUPERUSERS = "so only a superuser can do it";

/** The id of an account. */
async function idOf(api: Api, username: string): Promise<number> {
  const found = await api.call("GET", `/users?q=${username}`);
  return found.items.find((user: { username: string }) => user.username === username).id;
}

test("accounts are found by name, state and flags, all in the address", async ({ signedIn }) => {
  const page = await signedIn(superuser);
  await page.goto("/admin/users");
  await live(page);
  await page.getByRole("searchbox").fill(member.name);
  await expect(page).toHaveURL(/search=Mika/);
  await expect(page.getByRole("row").filter({ hasText: member.username })).toBeVisible();
  await page.locator('select[name="state"]').selectOption({ label: "Guest" });
  await expect(page).toHaveURL(/state=\d+/);
  await page.goto("/admin/users?staff=yes");
  await expect(page.getByRole("row").filter({ hasText: "Staff" }).first()).toBeVisible();
  await page.goto("/admin/users");
  await live(page);
  await page.getByRole("link", { name: /^Next/ }).click();
  await expect(page).toHaveURL(/cursor=/);
  await page.goBack();
  await expect(page).toHaveURL(/\/admin\/users$/);
});

test("an account says why it is in its state, and where each permission comes from", async ({ muster, signedIn }) => {
  const api = new Api(muster);
  const page = await signedIn(superuser);
  await page.goto(`/admin/users/${await idOf(api, manager.username)}`);
  await live(page);
  await expect(page.getByRole("heading", { level: 1, name: manager.name })).toBeVisible();
  await expect(page.getByText(/^It is open to the alliance /)).toBeVisible();
  await expect(held(page).filter({ hasText: "group_management" })).toContainText("held directly");
  await expect(held(page).filter({ hasText: "request_groups" })).toContainText("state Member");
  await expect(page.getByRole("heading", { name: "What happened to them" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "What they did" })).toBeVisible();
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`an account is made, changed, deactivated and deleted, ${how}`, async ({ signedIn, watch }) => {
    // What is refused says so in the console too.
    watch.forgive(/status of (404|409|422)/);
    const page = await signedIn(superuser, { javaScriptEnabled });
    const name = `newcomer.${javaScriptEnabled ? "js" : "plain"}`;
    await page.goto("/admin/users");
    if (javaScriptEnabled) await live(page);
    await page.getByRole("link", { name: "New user" }).click();
    await page.getByLabel("Username").fill(member.username);
    await page.getByLabel("E-mail").fill(`${name}@example.org`);
    await page.getByRole("button", { name: "Create the account" }).click();
    await expect(page.getByText("This name is in use. Choose another one.").first()).toBeVisible();
    await expect(page.getByLabel("Username")).toHaveAttribute("aria-invalid", "true");
    await page.getByLabel("Username").fill(name);
    await page.getByLabel("E-mail").fill(`${member.username}@example.org`);
    await page.getByRole("button", { name: "Create the account" }).click();
    await expect(page.getByText("Another account signs in with this e-mail address. Enter another one.").first()).toBeVisible();
    await expect(page.getByLabel("E-mail")).toHaveAttribute("aria-invalid", "true");
    await page.getByLabel("E-mail").fill(`${name}@example.org`);
    await page.getByRole("button", { name: "Create the account" }).click();
    await expect(page.getByRole("textbox", { name: "Link to set a password" })).toHaveValue(/\/reset\/\S{20,}/);
    expect(page.url(), "no secret is in an address").not.toContain("reset");
    await page.getByRole("link", { name: javaScriptEnabled ? "Go to the account" : "I have copied it: go on" }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

    await page.getByRole("link", { name: "Edit the account" }).click();
    await page.getByRole("checkbox", { name: /^Staff/ }).check();
    await page.getByRole("checkbox", { name: /view_audit/ }).check();
    await look(page).click();
    await expect(foreseen(page).getByText("It touches nobody")).toBeVisible();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(held(page).filter({ hasText: "view_audit" })).toContainText("held directly");

    await page.getByRole("link", { name: "Deactivate the account" }).click();
    await expect(foreseen(page).getByText(`Deactivate the account of ${name}?`)).toBeVisible();
    await page.getByRole("button", { name: "Deactivate the account" }).click();
    await expect(page.getByText("Inactive", { exact: true }).first()).toBeVisible();
    await expect(page.getByText("None of these has effect while the account is inactive.")).toBeVisible();

    await page.getByRole("link", { name: "Delete the account" }).click();
    await page.getByLabel("Type the username to confirm").fill("somebody else");
    await look(page).click();
    await expect(page.getByText("That is not the username of this account.")).toBeVisible();
    await page.getByLabel("Type the username to confirm").fill(name);
    await look(page).click();
    await page.getByRole("button", { name: "Delete the account" }).click();
    await expect(page).toHaveURL(/\/admin\/users(\?|$)/);
    await page.goto(`/admin/users?search=${name}`);
    await expect(page.getByText("Nobody fits.")).toBeVisible();
  });

  test(`a character is added and becomes the main one, ${how}`, async ({ muster, signedIn }) => {
    const username = `pilot.${javaScriptEnabled ? "js" : "plain"}`;
    const user = await new Api(muster).call("POST", "/users", { username });
    const page = await signedIn(superuser, { javaScriptEnabled });
    await page.goto(`/admin/users/${user.id}`);
    if (javaScriptEnabled) await live(page);
    await page.getByRole("link", { name: "Add a character" }).click();
    await page.getByLabel("Name of the character").fill(`Vex ${how}`);
    await page.getByLabel("External id").fill(javaScriptEnabled ? "700001" : "700002");
    await page.getByLabel("Alliance", { exact: true }).fill("Meridian Accord");
    await look(page).click();
    await expect(page.getByText("The id of the alliance is missing.")).toBeVisible();
    await page.getByLabel("Id of the alliance").fill("99000001");
    await look(page).click();
    await page.getByRole("button", { name: "Add a character" }).click();
    await page.getByRole("link", { name: /^Use as main character/ }).click();
    await expect(foreseen(page).getByText("One person moves from Guest to Member.")).toBeVisible();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: `Vex ${how}` })).toBeVisible();
    await expect(page.getByText("It is open to the alliance Meridian Accord.")).toBeVisible();
  });

  test(`staff of users do what they may, and are told of the rest, ${how}`, async ({ muster, signedIn }) => {
    const api = new Api(muster);
    const username = `uma-users-${javaScriptEnabled ? "js" : "plain"}`;
    const officer = await api.officer(username, "manage_users");
    const page = await signedIn(officer, { javaScriptEnabled });
    await page.goto("/admin/users/new");
    await expect(page.getByRole("checkbox", { name: /^Superuser/ })).toBeDisabled();
    await expect(page.getByText(ONLY_SUPERUSERS).first()).toBeVisible();
    // An ordinary account: its address is theirs to change, what it holds is not.
    const other = await api.call("POST", "/users", { username: `somebody.of.${username}` });
    await page.goto(`/admin/users/${other.id}?draft=edit&deed=edit`);
    if (javaScriptEnabled) await live(page);
    await expect(page.getByRole("checkbox", { name: /view_audit/ })).toBeDisabled();
    await expect(page.getByRole("checkbox", { name: /^Staff/ })).toBeDisabled();
    await expect(page.getByText(ONLY_SUPERUSERS).first()).toBeVisible();
    await page.getByLabel("E-mail").fill(`${username}@example.org`);
    await look(page).click();
    await expect(foreseen(page).getByText(`E-mail changed from none to “${username}@example.org”.`)).toBeVisible();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText(`${username}@example.org`, { exact: true })).toBeVisible();
    // A superuser is out of reach, and each button says why.
    await page.goto(`/admin/users/${await idOf(api, superuser.username)}`);
    if (javaScriptEnabled) await live(page);
    for (const name of ["Edit the account", "Deactivate the account", "Delete the account"]) {
      await expect(page.getByRole("button", { name })).toHaveAttribute("aria-disabled", "true");
    }
    await expect(page.getByText(ONLY_SUPERUSERS).first()).toBeVisible();
    // Of groups they see everything, and set nothing.
    await page.goto("/admin/groups/1");
    await expect(page.getByLabel("Name", { exact: true })).toBeDisabled();
    await expect(page.getByText(/^Only .*\./).first()).toBeVisible();
  });
}

test("who looks after users sees an account change without reading the log", async ({ muster, signedIn }) => {
  const api = new Api(muster);
  const officer = await api.officer("lena-live", "manage_users");
  const user = await api.call("POST", "/users", { username: "changing.one" });
  const page = await signedIn(officer);
  await page.goto(`/admin/users/${user.id}`);
  await live(page);
  await expect(page.getByText("changing.one@example.org", { exact: true })).toHaveCount(0);
  await api.call("PATCH", `/users/${user.id}`, { email: "changing.one@example.org" });
  await expect(page.getByText("changing.one@example.org", { exact: true })).toBeVisible();
  // Whoever is writing keeps what they wrote, and is told.
  await page.getByRole("link", { name: "Edit the account" }).click();
  await page.getByLabel("Username").fill("half.written");
  await api.call("PATCH", `/users/${user.id}`, { email: "another@example.org" });
  await expect(page.getByText("Somebody has changed this since you opened the page.")).toBeVisible();
  await expect(page.getByLabel("Username")).toHaveValue("half.written");
  await page.goto("/admin/users?search=changing.one");
  await live(page);
  await api.call("PATCH", `/users/${user.id}`, { is_active: false });
  await expect(page.getByRole("row").filter({ hasText: "changing.one" })).toContainText("Inactive");
});

test("a password link is shown once, sets a password, and works no second time", async ({ muster, signedIn, browser, watch }) => {
  const user = await new Api(muster).call("POST", "/users", { username: "forgetful.one" });
  const page = await signedIn(superuser);
  await page.goto(`/admin/users/${user.id}`);
  await live(page);
  await page.getByRole("button", { name: "Make a link to set a password" }).click();
  const link = await page.getByRole("textbox", { name: "Link to set a password" }).inputValue();
  const place = new URL(link.trim()).pathname;
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Link to set a password" }), "it is shown this once").toHaveCount(0);
  const context = await browser.newContext({ baseURL: muster.url });
  watch.over(context, muster.url);
  watch.forgive(/status of 404/);
  const visitor = await context.newPage();
  await visitor.goto(place);
  await visitor.getByLabel("New password").fill("a password of theirs");
  await visitor.getByLabel("Password again").fill("a password of mine");
  await visitor.getByRole("button", { name: "Set the password" }).click();
  await expect(visitor.getByText("The two passwords differ.")).toBeVisible();
  await visitor.getByLabel("New password").fill("a password of theirs");
  await visitor.getByLabel("Password again").fill("a password of theirs");
  await visitor.getByRole("button", { name: "Set the password" }).click();
  await expect(visitor).toHaveURL(/\/login\?done=password/);
  await visitor.getByLabel("Password", { exact: true }).fill("a password of theirs");
  await visitor.getByRole("button", { name: "Sign in" }).click();
  await expect(visitor).toHaveURL(/\/groups$/);
  await context.clearCookies();
  await visitor.goto(place);
  await expect(visitor.getByText("This link is no longer good")).toBeVisible();
  await context.close();
});
