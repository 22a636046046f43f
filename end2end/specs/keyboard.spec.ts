// Everything by keyboard alone.

import { expect, live, test } from "../fixtures";
import { groupId } from "../group-id";
import { RequestsPage } from "../pages/requests";
import { leader, led } from "../people";

test("the first Tab offers to skip the navigation", async ({ signedIn }) => {
  const page = await signedIn(leader);
  await page.goto("/groups");
  await live(page);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the page" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("main") !== null), "focus is in the page").toBe(true);
});

test("what has the focus can be seen", async ({ signedIn }) => {
  const page = await signedIn(leader);
  await page.goto("/groups");
  await live(page);
  for (let step = 0; step < 25; step += 1) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return true;
      const style = getComputedStyle(element);
      return (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none";
    });
    const name = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120));
    expect.soft(seen, `focus shows on ${name}`).toBe(true);
  }
});

test("a request is decided by keyboard, and the focus is not lost when its row leaves", async ({ signedIn }) => {
  const page = await signedIn(leader);
  const requests = new RequestsPage(page);
  await requests.open(await groupId(page, led.keyboard));
  await live(page);
  const first = page.getByRole("button", { name: /^Approve .*’s request to join / }).first();
  const name = (await first.textContent())?.trim() ?? "";
  await first.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name, exact: true })).toHaveCount(0, { timeout: 10_000 });
  const focused = await page.evaluate(() => document.activeElement?.tagName);
  expect(focused, "something still has the focus").not.toBe("BODY");
});
