// The settings: looked at first, saved as they were seen.

import type { Page } from "@playwright/test";
import { send } from "../ask";
import { groupId } from "../group-id";
import { expect, live, test } from "../fixtures";
import { leader, member, superuser } from "../people";

const foreseen = (page: Page) => page.getByRole("region", { name: "What this would do" });

test("what a change would do is seen before it is saved", async ({ signedIn }) => {
  const page = await signedIn(superuser);
  await page.goto("/admin/settings");
  await live(page);
  await page.getByLabel("Members leave closed groups at once").check();
  await page.getByRole("button", { name: "See what it would do" }).click();
  await expect(page).toHaveURL(/[?&]draft=look/);
  await expect(foreseen(page)).toBeFocused();
  await expect(foreseen(page).getByText("Auto leave turned on.")).toBeVisible();
  await expect(foreseen(page).getByText(/It touches \d+ people\./)).toBeVisible();
  await expect(foreseen(page).getByText(/requests? to leave .+ ends?\. Leaving became immediate\./).first()).toBeVisible();

  await page.getByRole("link", { name: "Back to editing" }).click();
  await expect(page.getByLabel("Members leave closed groups at once"), "the draft is kept").toBeChecked();
  await page.goBack();
  await expect(foreseen(page)).toBeVisible();

  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("The settings are saved.")).toBeVisible();
  await expect(page).toHaveURL(/\/admin\/settings$/);
  await expect(page.getByLabel("Members leave closed groups at once")).toBeChecked();
  await page.goto("/audit?kind=setting");
  await expect(page.getByText("Auto leave turned on.").first()).toBeVisible();
});

test("without scripts the same forms do it, and turn it off again", async ({ signedIn }) => {
  const page = await signedIn(superuser, { javaScriptEnabled: false });
  await page.goto("/admin/settings");
  await page.getByLabel("Members leave closed groups at once").uncheck();
  await page.getByLabel("Notifications kept for each user").fill("70");
  await page.getByRole("button", { name: "See what it would do" }).click();
  await expect(foreseen(page).getByText("Notifications kept for each user changed from 50 to 70.")).toBeVisible();
  await expect(foreseen(page).getByText("It touches nobody")).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByLabel("Notifications kept for each user")).toHaveValue("70");
});

test("what became true meanwhile is shown before anything is saved", async ({ signedIn, watch }) => {
  watch.forgive(/status of 409/);
  const page = await signedIn(superuser);
  const other = await signedIn(leader);
  const id = await groupId(other, "Logistics Wing");
  await page.goto("/admin/settings");
  await live(page);
  await page.getByLabel("Members leave closed groups at once").check();
  await page.getByRole("button", { name: "See what it would do" }).click();
  await expect(foreseen(page).getByText("It touches nobody")).toBeVisible();

  await send(other, "/api/groups/leave", { group: id });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Things have changed since you looked. This is what it would do now.")).toBeVisible();
  await expect(foreseen(page).getByText("It touches one person.")).toBeVisible();
  await expect(foreseen(page).getByText(leader.name)).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("The settings are saved.")).toBeVisible();
});

test("a number that cannot be is said under its field, and nothing is lost", async ({ signedIn }) => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await signedIn(superuser, { javaScriptEnabled });
    await page.goto("/admin/settings");
    if (javaScriptEnabled) await live(page);
    const most = page.getByLabel("Notifications kept for each user");
    await most.fill("5000");
    await page.getByRole("radio", { name: /Everybody/ }).check();
    await page.getByRole("button", { name: "See what it would do" }).click();
    await expect(page.getByText("has to lie between 1 and 1,000")).toBeVisible();
    await expect(most).toHaveValue("5000");
    await expect(most).toHaveAttribute("aria-invalid", "true");
    if (javaScriptEnabled) await expect(most).toBeFocused();
    await expect(page.getByRole("radio", { name: /Everybody/ })).toBeChecked();
  }
});

test("whoever has no office finds no admin area", async ({ signedIn, watch }) => {
  watch.forgive(/status of 404/);
  const page = await signedIn(member);
  for (const path of ["/admin", "/admin/settings"]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  }
});
