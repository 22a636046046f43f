// Muster in German: by the browser's wish and by the account's choice, with no English word left on a page.
//
// What is the same on a page in both languages has to be data: it must stand in what the server answers to scripts.

import type { Locator, Page } from "@playwright/test";
import { expect, live, test } from "../fixtures";
import { groupId } from "../group-id";
import { leader, led, member, staff, superuser } from "../people";

const GERMAN = { locale: "de-DE" };
const ENGLISH = { locale: "en-GB" };

/** Names, and words that German has taken over: as reviewed in app/src/text/reviewed.rs. */
const SAME = ["Muster", "Admin", "System", "Name", "English", "Deutsch", "Superuser", "Organisation", "Corporations"];

/** Every text that a person reads or hears on the page. */
async function texts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const within = node.parentElement?.closest("script, style, time");
      if (!within) found.push(node.textContent ?? "");
    }
    for (const element of document.body.querySelectorAll("*")) {
      for (const name of ["aria-label", "title", "placeholder", "alt", "data-label"]) {
        found.push(element.getAttribute(name) ?? "");
      }
    }
    return found.map((text) => text.trim()).filter((text) => /\p{L}{2}/u.test(text));
  });
}

/** What a page is made of. What may be long is asked for by a form. */
async function dataOf(page: Page, address: string): Promise<string> {
  const { origin, pathname, searchParams } = new URL(address, page.url());
  const headers = { accept: "application/json", origin };
  const answer = pathname.endsWith("/look")
    ? await page.request.post(pathname, { headers, form: Object.fromEntries(searchParams) })
    : await page.request.get(address, { headers });
  return JSON.stringify(await answer.json());
}

/** The texts of the page that are the same in English and that no data explains. */
async function leftOver(german: Page, english: Page, path: string, data: string[]): Promise<string[]> {
  await german.goto(path);
  await english.goto(path);
  await expect(german.locator("html")).toHaveAttribute("lang", "de");
  await expect(english.locator("html")).toHaveAttribute("lang", "en");
  const known: string[] = [];
  for (const address of data) known.push(await dataOf(english, address));
  const all = known.join("\n");
  const isData = (text: string) => text.split(/\n| · |, /).every((line) => all.includes(JSON.stringify(line).slice(1, -1)));
  const inEnglish = new Set(await texts(english));
  const untitled = (text: string) => text.replace(/ – Muster$| · Muster$/, "");
  return [...new Set(await texts(german))].filter(
    (text) => inEnglish.has(text) && !SAME.includes(untitled(text)) && !isData(untitled(text)),
  );
}

test("sign-in speaks the language of the browser", async ({ browser, baseURL, watch }) => {
  const open = async (locale: string) => {
    const context = await browser.newContext({ baseURL, locale });
    watch.over(context, baseURL ?? "");
    return context.newPage();
  };
  const [german, english] = [await open("de-CH"), await open("en-US")];
  expect(await leftOver(german, english, "/login", [])).toEqual([]);
  await german.goto("/login");
  await german.getByLabel("Benutzername oder E-Mail").fill("niemand");
  await german.getByLabel("Passwort").fill("falsch falsch falsch");
  await german.getByRole("button", { name: "Anmelden" }).click();
  await expect(german.getByText("Kein Konto hat diesen Namen")).toBeVisible();
  for (const page of [german, english]) await page.context().close();
});

test("groups, a group, requests and the log are German throughout", async ({ signedIn, watch }) => {
  watch.forgive(/status of 404/);
  const [german, english] = [await signedIn(leader, GERMAN), await signedIn(leader, ENGLISH)];
  const id = await groupId(english, led.join);
  const viewer = "/api/account/viewer";
  const group = `/api/groups/page?group=${id}`;
  expect(await leftOver(german, english, "/groups", [viewer, "/api/groups/list"])).toEqual([]);
  expect(await leftOver(german, english, `/groups/${id}`, [viewer, group])).toEqual([]);
  expect(await leftOver(german, english, "/requests", [viewer, "/api/requests/queue?kind=join", "/api/requests/choices"])).toEqual([]);
  expect(await leftOver(german, english, "/nirgends", [viewer])).toEqual([]);
  const log = [viewer, group, `/api/audit/list?group=${id}`];
  expect(await leftOver(german, english, `/manage/${id}/audit`, log)).toEqual([]);
});

test("asking and taking back works in German, and hydration changes no word", async ({ signedIn }) => {
  const page = await signedIn(member, GERMAN);
  const path = `/groups?search=${encodeURIComponent(led.withdraw)}`;
  await page.goto(path);
  const drawn = await texts(page);
  await live(page);
  expect(await texts(page)).toEqual(drawn);
  await page.getByRole("button", { name: new RegExp(`^Anfragen ?: Beitritt zu ${led.withdraw}$`) }).click();
  await expect(page.getByText(`Deine Anfrage liegt bei der Leitung von ${led.withdraw}.`).first()).toBeVisible();
  await page.getByRole("button", { name: new RegExp(`^Zurückziehen ?: deine Anfrage für ${led.withdraw}$`) }).click();
  await expect(page.getByRole("button", { name: new RegExp(`^Anfragen ?: Beitritt zu ${led.withdraw}$`) })).toBeVisible();
});

/** The switch stands in the account's menu. */
async function languages(page: Page, name: string): Promise<Locator> {
  await page.locator("button.account").click();
  return page.getByRole("group", { name });
}

test("the account's choice counts more than the browser's wish, with scripts and without", async ({ signedIn }) => {
  const page = await signedIn(staff, ENGLISH);
  await page.goto("/groups");
  await live(page);
  await (await languages(page, "Language")).getByRole("button", { name: "Deutsch" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Gruppen" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");

  const plain = await signedIn(staff, { ...ENGLISH, javaScriptEnabled: false });
  await plain.goto("/groups");
  await expect(plain.getByRole("heading", { level: 1, name: "Gruppen" })).toBeVisible();
  await (await languages(plain, "Sprache")).getByRole("button", { name: "English" }).click();
  await expect(plain.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
});

test("the admin area is German throughout", async ({ signedIn }) => {
  const [german, english] = [await signedIn(superuser, GERMAN), await signedIn(superuser, ENGLISH)];
  const viewer = "/api/account/viewer";
  const settings = "draft=look&registration=open&notifications_max_per_user=50&auto_leave=yes";
  const pages: [string, string[]][] = [
    ["/admin", []],
    ["/admin/states", ["/api/admin/states/list"]],
    ["/admin/states/3", ["/api/admin/states/look?state=3"]],
    ["/admin/states/3?draft=delete", ["/api/admin/states/look?state=3&draft=delete", "/api/admin/states/list"]],
    ["/admin/reserved-names", []],
    ["/admin/settings", []],
    [`/admin/settings?${settings}`, [`/api/admin/settings/page?${settings}`]],
    ["/admin/health", ["/api/admin/health/page"]],
  ];
  for (const [path, data] of pages) {
    const left = await leftOver(german, english, path, [viewer, ...data]);
    // Units are the same everywhere.
    expect(left.filter((text) => !/^\d+ [kMG]B$/.test(text)), path).toEqual([]);
  }
});
