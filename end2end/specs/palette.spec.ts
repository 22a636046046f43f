// Going anywhere and doing anything by keyboard.

import { expect, live, test } from "../fixtures";
import { leader, led, member } from "../people";

test("a group is found by a part of its name, and opened", async ({ signedIn }) => {
  const page = await signedIn(member);
  await page.goto("/groups");
  await live(page);
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox");
  await expect(field).toBeFocused();
  await field.fill("logistics w");
  const option = page.getByRole("option", { name: led.join });
  await expect(option).toHaveAttribute("aria-selected", "true");
  await expect(field).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id")) ?? "");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: led.join })).toBeVisible();
});

test("arrows move the choice, Escape leaves, and the focus returns", async ({ signedIn }) => {
  const page = await signedIn(member);
  await page.goto("/groups");
  await live(page);
  const opener = page.getByRole("button", { name: /^Search/ }).first();
  await opener.click();
  const options = page.getByRole("option");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("combobox")).toHaveCount(0);
  await expect(opener).toBeFocused();
});

test("a person is found by those who may know of them, and by nobody else", async ({ signedIn }) => {
  for (const [person, finds] of [
    [leader, true],
    [member, false],
  ] as const) {
    const page = await signedIn(person);
    await page.goto("/groups");
    await live(page);
    await page.keyboard.press("Control+k");
    const asked = page.waitForResponse((response) => response.url().includes("/api/search/found"));
    // Leila leads groups that Leila is in; to Mika she is nobody in particular.
    await page.getByRole("combobox").fill(leader.username);
    await asked;
    await expect(page.getByRole("option", { name: leader.name })).toHaveCount(finds ? 1 : 0);
    await page.context().close();
  }
});

test("the keys of a page are listed, and can be turned off", async ({ signedIn }) => {
  const page = await signedIn(member);
  await page.goto("/groups");
  await live(page);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("?");
  const window = page.getByRole("dialog", { name: "Keys" });
  await expect(window.getByText("Search on this page")).toBeVisible();
  await window.getByRole("checkbox", { name: /^Single keys work/ }).uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(window).toBeHidden();

  await page.reload();
  await live(page);
  await page.keyboard.press("?");
  await expect(window).toBeHidden();
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("button", { name: /^Keys/ }).click();
  await window.getByRole("checkbox", { name: /^Single keys work/ }).check();
  await window.getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("?");
  await expect(window).toBeVisible();
});
