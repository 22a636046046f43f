// A hidden group: reached by its link alone, which those who see the group in full pass on and replace.

import { expect, live, test } from "../fixtures";
import { member, superuser } from "../people";

const GROUP = "Guest Lecturers";

/** The address of its page, which the superuser finds in the palette. */
async function openAsSuperuser(page: import("@playwright/test").Page): Promise<void> {
  await page.goto("/groups");
  await live(page);
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill(GROUP);
  await page.getByRole("dialog").getByRole("option", { name: GROUP, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: GROUP })).toBeVisible();
}

test("whoever has the link sees the group and joins; opening it alone changes nothing", async ({ signedIn, watch }) => {
  watch.forgive(/status of 404/);
  const host = await signedIn(superuser);
  await openAsSuperuser(host);
  const link = await host.getByRole("textbox", { name: "Join link" }).inputValue();
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/join\/\S{20,}$/);

  const guest = await signedIn(member);
  await guest.goto("/groups?search=Guest+Lecturers");
  await expect(guest.getByRole("link", { name: GROUP, exact: true })).toHaveCount(0);
  await guest.goto(link);
  await guest.goto(link);
  await live(guest);
  await expect(guest.getByText("You are not a member.")).toBeVisible();
  await guest.getByRole("button", { name: `Join ${GROUP}`, exact: true }).click();
  await expect(guest.getByRole("button", { name: `Leave ${GROUP}`, exact: true })).toBeVisible();
  await guest.goto("/me");
  await guest.getByRole("link", { name: GROUP, exact: true }).click();
  await guest.getByRole("button", { name: `Leave ${GROUP}`, exact: true }).click();
  await expect(guest.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
});

test("a link that is replaced leads nowhere, and works as a plain form too", async ({ signedIn, watch }) => {
  watch.forgive(/status of 404/);
  const finder = await signedIn(superuser);
  await openAsSuperuser(finder);
  const host = await signedIn(superuser, { javaScriptEnabled: false });
  await host.goto(finder.url());
  const field = host.getByRole("textbox", { name: "Join link" });
  const before = await field.inputValue();
  await host.getByText("Replace the link").click();
  await host.getByRole("button", { name: "Replace now" }).click();
  await expect(field).not.toHaveValue(before);
  const after = await field.inputValue();
  await expect(finder.getByRole("textbox", { name: "Join link" }), "the other page follows").toHaveValue(after);

  const guest = await signedIn(member, { javaScriptEnabled: false });
  expect((await guest.goto(before))?.status()).toBe(404);
  expect((await guest.goto(after))?.status()).toBe(200);
  await guest.getByRole("button", { name: `Join ${GROUP}`, exact: true }).click();
  await expect(guest.getByRole("button", { name: `Leave ${GROUP}`, exact: true })).toBeVisible();
  await guest.getByRole("button", { name: `Leave ${GROUP}`, exact: true }).click();
});
