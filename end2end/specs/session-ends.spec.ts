// The session ends while somebody types: what was typed is there again once they are, and for nobody else.

import type { BrowserContext, Page } from "@playwright/test";
import { expect, live, test } from "../fixtures";
import { groupId } from "../group-id";
import { PASSWORD, type Person, leader, led, manager, member } from "../people";

const REASON = "Ünïcode & 100% \"quotes\"\nand a second line";

/** Signs in by the form of the page one was led to. */
async function signInHere(page: Page, person: Person): Promise<void> {
  await expect(page).toHaveURL(/\/login/);
  await page.getByLabel("Username or e-mail").fill(person.username);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Signs in from where one still writes. */
async function signInByNotice(page: Page, person: Person): Promise<void> {
  await page.locator(".connection").getByRole("link").click();
  await signInHere(page, person);
}

/** Somebody with a session of their own, which a test may end. */
async function withSession(context: BrowserContext, origin: string, person: Person): Promise<Page> {
  const form = { username: person.username, password: PASSWORD, next: "/groups" };
  await context.request.post("/login", { form, headers: { origin } });
  return context.newPage();
}

/** Ends the session as it would be by another browser; this one finds out by itself. */
async function endSession(context: BrowserContext, origin: string): Promise<void> {
  const cookies = await context.cookies();
  await context.request.post("/logout", { headers: { origin } });
  await context.addCookies(cookies);
}

test("a reason that was typed is there again after the sign-in, and gone once it is sent", async ({
  browser,
  muster,
  watch,
}) => {
  watch.forgive(/status of 401/);
  const context = await browser.newContext({ baseURL: muster.url });
  watch.over(context, muster.url);
  const page = await withSession(context, muster.url, member);
  const id = await groupId(page, led.join);
  const address = `/groups/${id}?from=%2541`;
  await page.goto(address);
  await live(page);
  const reason = page.getByLabel("Why? (optional)");
  await reason.fill(REASON);
  await endSession(context, muster.url);
  await signInByNotice(page, leader);
  await expect(page).toHaveURL(`${muster.url}${address}`);
  await live(page);
  await page.goto(address);
  await live(page);
  await expect(page.getByText("and a second line"), "nobody else gets to see it").toHaveCount(0);
  await endSession(context, muster.url);
  await signInHere(page, member);
  await expect(page).toHaveURL(`${muster.url}${address}`);
  await expect(reason).toHaveValue(REASON);
  await page.getByRole("button", { name: `Request to join ${led.join}`, exact: true }).click();
  await page.getByRole("button", { name: `Withdraw your request for ${led.join}`, exact: true }).click();
  await expect(reason).toHaveValue("");
  await page.reload();
  await live(page);
  await expect(reason).toHaveValue("");
  await context.close();
});

for (const field of ["reason", "password"]) {
  test(`a ${field} is written to the end, though the session ends meanwhile`, async ({ browser, muster, watch }) => {
    watch.forgive(/status of 401/);
    const context = await browser.newContext({ baseURL: muster.url });
    watch.over(context, muster.url);
    const page = await withSession(context, muster.url, member);
    const id = await groupId(page, led.join);
    const address = field === "reason" ? `/groups/${id}` : "/me/profile";
    await page.goto(address);
    await live(page);
    const box =
      field === "reason" ? page.getByLabel("Why? (optional)") : page.getByLabel("New password", { exact: true });
    await box.click();
    await page.keyboard.type("correct ", { delay: 70 });
    await endSession(context, muster.url);
    await page.keyboard.type("horse battery", { delay: 70 });
    await expect(page.locator(".connection")).toContainText("You are signed out");
    await page.keyboard.type(" staple", { delay: 70 });
    await expect(box).toHaveValue("correct horse battery staple");
    await expect(box).toBeFocused();
    await expect(page).toHaveURL(`${muster.url}${address}`);
    // Once the field is left, the sign-in comes, and takes no key before somebody goes there.
    await page.keyboard.press("Tab");
    await expect(page).toHaveURL(/\/login/);
    await page.keyboard.type("more words", { delay: 30 });
    await expect(page.getByLabel("Username or e-mail")).toHaveValue("");
    await expect(page.getByLabel("Password")).toHaveValue("");
    await signInHere(page, member);
    await expect(page).toHaveURL(`${muster.url}${address}`);
    await live(page);
    await expect(box).toHaveValue(field === "reason" ? "correct horse battery staple" : "");
    await context.close();
  });
}

test("whoever types when somebody else signs in loses the page at once, and their keys reach nothing", async ({
  browser,
  muster,
  watch,
}) => {
  watch.forgive(/status of 401/);
  const context = await browser.newContext({ baseURL: muster.url });
  watch.over(context, muster.url);
  const page = await withSession(context, muster.url, leader);
  await page.goto("/requests");
  await live(page);
  const row = page.locator("#queue > li").nth(1);
  await row.locator("summary").click();
  await row.getByRole("textbox").click();
  await page.keyboard.type("ask j", { delay: 70 });
  const posts: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && /requests\/(approve|reject)$/.test(request.url())) posts.push(request.url());
  });
  const form = { username: manager.username, password: PASSWORD, next: "/groups" };
  await context.request.post("/login", { form, headers: { origin: muster.url } });
  await page.keyboard.type("ja jr j and a career, a raid, j a", { delay: 70 });
  await expect(page.locator(".account-name").filter({ hasText: leader.name })).toHaveCount(0);
  await page.waitForTimeout(500);
  expect(posts).toEqual([]);
  const name = page.getByLabel("Username or e-mail");
  if (await name.isVisible()) await expect(name).toHaveValue("");
  await context.close();
});

test("a comment in the queue is there again, its fold open", async ({ browser, muster, watch }) => {
  watch.forgive(/status of 401/);
  const context = await browser.newContext({ baseURL: muster.url });
  watch.over(context, muster.url);
  const page = await withSession(context, muster.url, leader);
  await page.goto("/requests");
  await live(page);
  const row = page.locator("#queue > li").nth(1);
  await row.locator("summary").click();
  await row.getByRole("textbox").fill(REASON);
  const id = await row.getAttribute("id");
  await endSession(context, muster.url);
  await signInByNotice(page, leader);
  await expect(page.locator(`#${id}`).getByRole("textbox")).toBeVisible();
  await expect(page.locator(`#${id}`).getByRole("textbox")).toHaveValue(REASON);
  await expect(page.locator("#queue > li").first().getByRole("textbox")).toBeHidden();
  await context.close();
});

test("without script what was typed is there again, for whoever typed it, and tells nothing that is no longer true", async ({
  browser,
  muster,
  watch,
}) => {
  watch.forgive(/status of 401/);
  const context = await browser.newContext({ baseURL: muster.url, javaScriptEnabled: false });
  watch.over(context, muster.url);
  const page = await withSession(context, muster.url, member);
  const id = await groupId(page, led.join);
  const address = `/groups/${id}?from=%2541`;
  await page.goto(address);
  await page.getByLabel("Why? (optional)").fill(REASON);
  await endSession(context, muster.url);
  await page.getByRole("button", { name: `Request to join ${led.join}`, exact: true }).click();
  await expect(page.getByRole("status")).toContainText("what you typed is there once more");
  expect(page.url(), "no address tells what was typed").not.toMatch(/quotes|second/);
  await page.getByLabel("Username or e-mail").fill(member.username);
  await page.getByLabel("Password").fill(`${PASSWORD}, mistyped`);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert"), "a slip loses nothing").toBeVisible();
  await page.getByLabel("Username or e-mail").fill(member.username);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${muster.url}${address}`);
  await expect(page.getByLabel("Why? (optional)")).toHaveValue(REASON);
  await expect(page.getByRole("button", { name: `Request to join ${led.join}`, exact: true }), "it is not sent").toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page.getByText(/sign(ed)? (in|out)/i).filter({ visible: true })).toHaveCount(0);
  await page.goto(address);
  await expect(page.getByLabel("Why? (optional)"), "and nothing is kept").toHaveValue("");
  await context.close();
});

test("without script nobody else gets what was typed, and a fold opens around it for whoever did", async ({
  browser,
  muster,
  watch,
}) => {
  watch.forgive(/status of 401/);
  const context = await browser.newContext({ baseURL: muster.url, javaScriptEnabled: false });
  watch.over(context, muster.url);
  const page = await withSession(context, muster.url, leader);
  await page.goto("/requests");
  const id = await page.locator("#queue > li").nth(2).getAttribute("id");
  const row = page.locator(`#${id}`);
  const send = async () => {
    await row.locator("summary").click();
    await row.getByRole("textbox").fill(REASON);
    await endSession(context, muster.url);
    await row.locator('button[data-verb="reject"]').click();
    await expect(page.getByRole("status")).toContainText("what you typed is there once more");
  };
  const enter = async (person: Person) => {
    await page.getByLabel("Username or e-mail").fill(person.username);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(`${muster.url}/requests`);
  };
  await send();
  await enter(leader);
  await expect(row.getByRole("textbox")).toBeVisible();
  await expect(row.getByRole("textbox")).toHaveValue(REASON);
  await page.goto("/requests");
  await send();
  await enter(member);
  await expect(page.getByText("and a second line"), "nobody else gets to see it").toHaveCount(0);
  await context.close();
});
