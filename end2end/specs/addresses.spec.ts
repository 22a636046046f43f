// What stands in an address is read once and written once, however one comes to a page.

import type { Page } from "@playwright/test";
import { expect, live, test } from "../fixtures";
import { groupId } from "../group-id";
import { PASSWORD, leader, led, member } from "../people";

const HOSTILE = ["%41", "100%25%", "a&b=c", "a b+c", "<i>\"'\\", "Ünï 𝄞 #?/"];

const address = (value: string) => `/groups?search=${encodeURIComponent(value)}`;

const field = (page: Page) => page.getByRole("searchbox", { name: "Search groups" });

test("a page says the same after a load, a link, typing and going back", async ({ signedIn }) => {
  test.setTimeout(120_000);
  const page = await signedIn(member);
  for (const value of HOSTILE) {
    await page.goto(address(value));
    await live(page);
    await expect(field(page), "after a load").toHaveValue(value);
    const loaded = await page.getByRole("main").innerText();

    await page.goto("/me");
    await live(page);
    await page.evaluate((href) => {
      const link = Object.assign(document.createElement("a"), { href, textContent: "there" });
      document.querySelector("main")?.append(link);
      link.click();
      link.remove();
    }, address(value));
    await expect(field(page), "after a link").toHaveValue(value);
    await expect.poll(() => page.getByRole("main").innerText()).toBe(loaded);

    await page.goto("/groups");
    await live(page);
    await field(page).fill(value);
    await expect(page).toHaveURL((url) => url.searchParams.get("search") === value);
    const typed = page.url();
    await page.reload();
    await expect(field(page), "after typing").toHaveValue(value);
    expect(page.url()).toBe(typed);
    for (const link of await page.locator(".chips a").all()) {
      const href = new URL((await link.getAttribute("href")) ?? "", page.url());
      expect(href.searchParams.get("search"), "every link goes on with it").toBe(value);
    }
  }
});

test("a visitor comes to where they wanted after the sign-in, whatever stands there", async ({ browser, muster, watch }) => {
  for (const value of ["%41", "a&b c%", "Ünï \\ '\""]) {
    const context = await browser.newContext({ baseURL: muster.url });
    watch.over(context, muster.url);
    const page = await context.newPage();
    await page.goto(address(value));
    await page.getByLabel("Username or e-mail").fill(member.username);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(field(page)).toHaveValue(value);
    await expect(page).toHaveURL((url) => url.pathname === "/groups" && url.searchParams.get("search") === value);
    await context.close();
  }
});

test("the file of a list is that of what is shown", async ({ signedIn }) => {
  const page = await signedIn(leader);
  const id = await groupId(page, led.live);
  for (const value of ["%41", "a&b=c", "100% +"]) {
    await page.goto(`/manage/${id}/members?search=${encodeURIComponent(value)}`);
    await live(page);
    const file = page.locator('a[download][href*="members.csv"]');
    const query = async () => new URL((await file.getAttribute("href")) ?? "", page.url()).searchParams.get("search");
    expect(await query(), "as the page was loaded").toBe(value);
    await page.goto(`/manage/${id}/members`);
    await live(page);
    await page.getByRole("searchbox").fill(value);
    await expect.poll(query).toBe(value);
  }
});
