// The browser translates the page: it puts elements of its own in the place of texts. What changes is seen all the same.

import type { Page } from "@playwright/test";
import { requestToJoin, send } from "../ask";
import { expect, live, noticed, test } from "../fixtures";
import { groupId } from "../group-id";
import { RequestsPage } from "../pages/requests";
import { leader, led, member, superuser } from "../people";

/** How translators do it. */
const WAYS = ["replace", "insert, then remove", "move inside"] as const;

/** Translates whatever stands on the page now: each word becomes one of another language. */
async function translate(page: Page, way: (typeof WAYS)[number]): Promise<void> {
  await page.evaluate((way) => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const all: Text[] = [];
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const parent = text.parentElement;
      if (parent && !/^(script|style|textarea|font)$/i.test(parent.localName) && text.nodeValue?.trim()) {
        all.push(text as Text);
      }
    }
    for (const text of all) {
      const [outer, inner] = [document.createElement("font"), document.createElement("font")];
      const translated = text.data.replace(/\p{Letter}+/gu, "mot");
      outer.append(inner);
      if (way === "move inside") {
        text.replaceWith(outer);
        inner.append(text);
        text.data = translated;
      } else {
        inner.textContent = translated;
        if (way === "replace") {
          text.replaceWith(outer);
        } else {
          text.before(outer);
          text.remove();
        }
      }
    }
    document.documentElement.classList.add("translated-ltr");
  }, way);
}

for (const way of WAYS) {
  test(`what changes in place is seen in a translated page (${way})`, async ({ signedIn }) => {
    const page = await signedIn(member);
    const id = await groupId(page, led.withdraw);
    await live(page);
    const row = page.locator(`#group-${id}`);
    await translate(page, way);
    await expect(row.getByRole("button")).toHaveText(/^\s*mot mot mot/);
    await row.getByRole("button").click();
    await expect(row.getByRole("button")).toHaveText(new RegExp(`^\\s*Withdraw your request for ${led.withdraw}\\s*$`));
    await expect(row).toContainText("Waiting for a decision");
    const toast = page.locator(".toasts");
    await expect(toast).toContainText(led.withdraw);
    await translate(page, way);
    await row.getByRole("button").click();
    await expect(row.getByRole("button")).toHaveText(new RegExp(`^\\s*Request to join ${led.withdraw}\\s*$`));
    await expect(row).not.toContainText("Waiting for a decision");

    // To another page and back: all of it is new.
    await translate(page, way);
    await page.locator('a[href="/me"]').first().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("My groups");
    await translate(page, way);
    await page.locator('nav a[href="/groups"]').first().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Groups");
    await expect(page.getByRole("main")).not.toContainText("mot");
  });

  test(`the queue of a translated page follows (${way})`, async ({ signedIn }) => {
    const asking = await signedIn(member);
    const id = await groupId(asking, led.live);
    const requests = new RequestsPage(await signedIn(leader));
    const page = requests.page;
    await requests.open(id);
    await live(page);
    const counts = page.locator("a.tab").first();
    const before = Number((await counts.innerText()).replace(/\D/g, ""));
    await translate(page, way);
    const request = await requestToJoin(asking, id, "Hello");
    const row = page.locator(`#request-${request}`);
    await expect(row).toContainText(member.name);
    await expect(counts).toHaveText(new RegExp(`^\\D*${before + 1}\\D*$`));
    await translate(page, way);
    // The row has just come, and its translation has moved the buttons.
    await noticed(page);
    await row.locator("[data-verb=reject]").click();
    await expect(row).toContainText("Rejected, just now");
    await expect(row).toHaveCount(0);
    await expect(counts).toHaveText(new RegExp(`^\\D*${before}\\D*$`));

    // Choosing writes a count into the bar and the buttons.
    await translate(page, way);
    await requests.rows.nth(0).getByRole("checkbox").check();
    await expect(page.locator("form.chosen")).toContainText("1 selected");
    await translate(page, way);
    await requests.rows.nth(1).getByRole("checkbox").check();
    await expect(page.locator("form.chosen")).toContainText("2 selected");
    await expect(page.locator("form.chosen")).not.toContainText("1 selected");
  });
}

test("a page that was translated before it came to life is the page that was sent", async ({ signedIn }) => {
  const page = await signedIn(superuser);
  await page.addInitScript(() => {
    document.addEventListener("readystatechange", () => {
      if (document.readyState !== "interactive") return;
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const all: Text[] = [];
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        if (!/^(script|style|textarea)$/i.test(text.parentElement?.localName ?? "") && text.nodeValue?.trim()) {
          all.push(text as Text);
        }
      }
      for (const text of all) {
        const font = document.createElement("font");
        font.append(Object.assign(document.createElement("font"), { textContent: "mot" }));
        text.replaceWith(font);
      }
    });
  });
  for (const address of ["/groups", "/requests", "/admin/users", "/notifications"]) {
    await page.goto(address);
    await live(page);
    await expect(page.locator("font")).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(/mot/);
  }
  await page.locator('nav a[href="/groups"]').first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Groups");
});

test("times and the connection mark of a translated page go on", async ({ signedIn }) => {
  const asking = await signedIn(member);
  const id = await groupId(asking, led.live);
  const page = await signedIn(leader);
  await page.clock.install();
  const requests = new RequestsPage(page);
  await requests.open(id);
  await live(page);
  const request = await requestToJoin(asking, id);
  const time = page.locator(`#request-${request} time`);
  await expect(time).toHaveText(/^just now/);
  await translate(page, "replace");
  await expect(time).toHaveText(/^mot mot/);
  await page.clock.runFor("05:00");
  await expect(time).toHaveText(/^[45] min ago/);
  await send(asking, "/api/requests/withdraw", { request });
});
