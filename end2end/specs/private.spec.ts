// E-mail addresses stand in no address: not in that of the page, in none that it asks for, and in none that it leads to.

import type { Page } from "@playwright/test";
import { expect, live, test } from "../fixtures";
import { PASSWORD, superuser } from "../people";

/** Whether an address tells an e-mail address. */
const tells = (address: string) => /@|%40/i.test(address);

/** The private addresses that a page goes to or asks for, from now on. */
function watchAddresses(page: Page): string[] {
  const told: string[] = [];
  page.on("request", (request) => {
    if (tells(request.url())) told.push(request.url());
  });
  page.on("framenavigated", (frame) => {
    if (tells(frame.url())) told.push(frame.url());
  });
  return told;
}

/** The private addresses that a page leads to. */
const ledTo = async (page: Page) =>
  (await page.locator("a[href]").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""))).filter(tells);

async function idOfMika(page: Page): Promise<string> {
  await page.goto("/admin/users?search=mika");
  const link = page.getByRole("row").filter({ hasText: "Mika Tanaka" }).getByRole("link");
  return (await link.getAttribute("href"))?.split("/").at(-1) ?? "";
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : "without script ";
  const mail = `mika.${javaScriptEnabled ? "scripted" : "plain"}@example.org`;

  test(`${how}an account is edited and found by its e-mail address, which no address tells`, async ({
    browser,
    muster,
    watch,
  }) => {
    test.setTimeout(90_000);
    const context = await browser.newContext({ baseURL: muster.url, javaScriptEnabled });
    watch.over(context, muster.url);
    const form = { username: superuser.username, password: PASSWORD, next: "/groups" };
    await context.request.post("/login", { form, headers: { origin: muster.url } });
    const page = await context.newPage();
    const alive = async () => {
      if (javaScriptEnabled) await live(page);
    };
    const id = await idOfMika(page);
    const told = watchAddresses(page);

    await page.goto(`/admin/users/${id}?draft=edit&deed=edit`);
    await alive();
    await page.getByLabel("E-mail").fill(mail);
    await page.locator("form.draft").getByRole("button").click();
    await expect(page.locator("#foreseen")).toContainText(mail);
    expect(await ledTo(page)).toEqual([]);
    await page.locator("#foreseen button[form]").click();
    await expect(page.getByLabel("E-mail")).toHaveValue(mail);
    await page.locator("form.draft").getByRole("button").click();
    await page.locator("#foreseen button[data-verb]").click();
    await expect(page.locator("#foreseen")).toHaveCount(0);
    await expect(page).toHaveURL(new RegExp(`/admin/users/${id}(\\?|$)`));

    await page.goto("/admin/users");
    await alive();
    const field = page.getByRole("searchbox");
    await field.fill(mail);
    await field.press("Enter");
    await expect(page.locator("table.users tbody tr")).toHaveCount(1);
    await expect(page.locator("table.users tbody tr")).toContainText(mail);
    expect(await ledTo(page)).toEqual([]);
    if (javaScriptEnabled) {
      await page.getByRole("link", { name: "Mika Tanaka" }).click();
      await expect(page).toHaveURL(new RegExp(`/admin/users/${id}$`));
      await page.goBack();
      await expect(page.locator("table.users tbody tr"), "back finds them again").toHaveCount(1);
      await page.reload();
      await live(page);
      await expect(page.locator("table.users tbody tr"), "and so does another load").toHaveCount(1);
      await expect(page.getByRole("searchbox")).toHaveValue(mail);
    }
    expect(told).toEqual([]);
    await context.close();
  });
}
