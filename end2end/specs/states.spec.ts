// States: who would be moved is seen before anything is saved.

import type { Page } from "@playwright/test";
import { expect, live, test } from "../fixtures";
import { Api } from "../office";
import { superuser } from "../people";

const foreseen = (page: Page) => page.getByRole("region", { name: "What this would do" });
const look = (page: Page) => page.getByRole("button", { name: "See what it would do" });
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true });

test("the list leads from the highest state to each", async ({ signedIn }) => {
  const page = await signedIn(superuser);
  await page.goto("/admin/states");
  await live(page);
  const rows = page.getByRole("row");
  await expect(rows.nth(1).getByRole("link").first()).toHaveText("Member");
  await expect(rows.last().getByRole("link").first()).toHaveText("Guest");
  await expect(rows.last()).toContainText("whoever fits no other");
  await rows.nth(1).getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Member" })).toBeVisible();
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`a state is made, changed and deleted, ${how}`, async ({ signedIn, watch }) => {
    // The page of the state may hear that it is gone before it is left.
    watch.forgive(/status of 404/);
    const page = await signedIn(superuser, { javaScriptEnabled });
    const name = `Recruits ${how}`;
    await page.goto("/admin/states");
    if (javaScriptEnabled) await live(page);
    await page.getByRole("link", { name: "New state" }).click();
    await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
    await page.getByLabel("Priority").fill(javaScriptEnabled ? "71" : "72");
    await page.getByLabel("Corporations").fill("98000001, x");
    await look(page).click();
    await expect(page.getByLabel("Corporations")).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByRole("textbox", { name: "Name", exact: true }), "nothing is lost").toHaveValue(name);
    await page.getByLabel("Corporations").fill("98000001 5");
    await page.getByLabel("Ask to join groups that are not public").check();
    await look(page).click();
    await expect(foreseen(page).getByText(`The state “${name}” was made`)).toBeVisible();
    await page.getByRole("button", { name: "New state" }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(page).toHaveURL(/\/admin\/states\/\d+/);
    await expect(page.getByLabel("Ask to join groups that are not public")).toBeChecked();

    await page.getByLabel("Corporations").fill("5");
    await look(page).click();
    await expect(foreseen(page).getByText("Corporations removed: Meridian Logistics (98000001).")).toBeVisible();
    await save(page).click();
    await expect(page.getByLabel("Corporations")).toHaveValue("5");

    await page.getByRole("link", { name: "See what deleting it would do" }).click();
    await expect(foreseen(page).getByText(`The state “${name}” is deleted.`)).toBeVisible();
    await page.getByRole("button", { name: "Delete the state" }).click();
    await expect(page).toHaveURL(/\/admin\/states(\?|$)/);
    await expect(page.getByRole("link", { name })).toHaveCount(0);
  });
}

test("emptying Member shows who leaves what, and what they are told", async ({ signedIn }) => {
  const page = await signedIn(superuser);
  await page.goto("/admin/states/3");
  await live(page);
  await page.getByRole("link", { name: "See what deleting it would do" }).click();
  await expect(foreseen(page).getByText(/It touches [\d,]+ people\./)).toBeVisible();
  await expect(foreseen(page).getByText(/people move from Member to/).first()).toBeVisible();
  await expect(foreseen(page).getByText(/people leave .+\. The right to request groups was lost\./).first()).toBeVisible();
  await expect(foreseen(page).getByText(/They are told: “You are no longer a member of/).first()).toBeVisible();
  await foreseen(page).getByText("Who", { exact: true }).click();
  await expect(foreseen(page).getByRole("listitem").filter({ hasText: "moves from Member to" }).first()).toBeVisible();
  await page.getByRole("link", { name: "Back to editing" }).click();
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("Member");
});

test("Guest stays as it is, and says why", async ({ signedIn }) => {
  const page = await signedIn(superuser);
  await page.goto("/admin/states/1");
  await expect(page.getByLabel("Priority")).toBeDisabled();
  await expect(page.getByText("Guest takes whoever fits no other state, so it is open to all.")).toBeVisible();
  const button = page.getByRole("button", { name: "Delete the state" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toHaveAccessibleDescription(/takes whoever fits no other/);
});

test("staff of states move people, and give no permissions", async ({ muster, signedIn, watch }) => {
  watch.forgive(/status of 404/);
  const officer = await new Api(muster).officer("sina-states", "manage_states");
  const page = await signedIn(officer);
  await page.goto("/admin/states/2");
  await live(page);
  await expect(page.getByLabel("Ask to join groups that are not public")).toBeDisabled();
  await expect(page.getByText("Only superusers give permissions or take them.").first()).toBeVisible();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Blues");
  await page.getByLabel("Priority").fill("51");
  await look(page).click();
  await expect(page.getByText("so only a superuser can do it"), "it opens more than they hold").toBeVisible();
  await page.goto("/admin/states/new");
  await live(page);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Visitors");
  await page.getByLabel("Priority").fill("100");
  await look(page).click();
  await expect(page.getByText("Another state has this priority. Choose another one.")).toBeVisible();
  await page.getByLabel("Priority").fill("5");
  await look(page).click();
  await expect(foreseen(page).getByText("It touches nobody")).toBeVisible();
  await page.getByRole("button", { name: "New state" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Visitors" })).toBeVisible();
});
