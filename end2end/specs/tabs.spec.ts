// Many tabs of one browser over HTTP/1.1, where it has six connections to a host: they share one stream.

import type { BrowserContext, Page, Request } from "@playwright/test";
import { send, requestToJoin } from "../ask";
import { expect, live, test } from "../fixtures";
import { groupId } from "../group-id";
import { Muster } from "../muster";
import { RequestsPage } from "../pages/requests";
import { PASSWORD, leader, led, member, superuser } from "../people";

const group = led.live;

/** Counts the streams of a context that are open at this moment. */
function streams(context: BrowserContext): () => number {
  const open = new Map<Request, Page>();
  context.on("request", (request) => {
    if (new URL(request.url()).pathname === "/live") open.set(request, request.frame().page());
  });
  context.on("requestfinished", (request) => open.delete(request));
  context.on("requestfailed", (request) => open.delete(request));
  return () => [...open.values()].filter((page) => !page.isClosed()).length;
}

/** Makes documents say that nobody looks at them, until `look` is called. */
async function hide(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.assign(globalThis, { nobodyLooks: true });
    const nobodyLooks = () => (globalThis as unknown as { nobodyLooks: boolean }).nobodyLooks;
    Object.defineProperty(document, "hidden", { get: nobodyLooks });
    Object.defineProperty(document, "visibilityState", { get: () => (nobodyLooks() ? "hidden" : "visible") });
  });
}

async function look(page: Page, looks = true): Promise<void> {
  await page.evaluate((looks) => {
    Object.assign(globalThis, { nobodyLooks: !looks });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, looks);
}

test("ten tabs load and stay true by one stream, whichever of them is closed", async ({ signedIn }) => {
  test.setTimeout(90_000);
  const asking = await signedIn(member);
  const id = await groupId(asking, group);
  const first = await signedIn(leader);
  const open = streams(first.context());
  const tabs = [new RequestsPage(first)];
  while (tabs.length < 10) tabs.push(new RequestsPage(await first.context().newPage()));
  for (const tab of tabs) {
    await tab.open(id);
    await live(tab.page);
  }
  await expect.poll(open).toBe(1);

  for (const closed of [0, 1]) {
    const request = await requestToJoin(asking, id);
    for (const tab of tabs.slice(closed)) await expect(tab.approve(member, group)).toBeVisible();
    // The first tab has the stream, and after it one of the others.
    await tabs[closed]?.page.close();
    await send(asking, "/api/requests/withdraw", { request });
    for (const tab of tabs.slice(closed + 1)) {
      await expect(tab.approve(member, group)).toHaveCount(0);
      await live(tab.page);
    }
    await expect.poll(open).toBe(1);
  }
});

test("ten tabs that are opened at once all load", async ({ signedIn }) => {
  test.setTimeout(90_000);
  const first = await signedIn(leader);
  const open = streams(first.context());
  const tabs = [first];
  while (tabs.length < 10) tabs.push(await first.context().newPage());
  await Promise.all(tabs.map((tab) => tab.goto("/groups")));
  for (const tab of tabs) await expect(tab.locator("html")).toHaveAttribute("data-live", "live", { timeout: 30_000 });
  await expect.poll(open).toBe(1);
});

test("a tab that nobody has looked at has no stream, and is true once somebody does", async ({ signedIn }) => {
  const asking = await signedIn(member);
  const id = await groupId(asking, group);
  const tab = new RequestsPage(await signedIn(leader));
  const open = streams(tab.page.context());
  await hide(tab.page);
  await tab.open(id);
  await expect(tab.page.locator("html")).toHaveAttribute("data-live", "connecting");
  const request = await requestToJoin(asking, id);
  await expect(tab.approve(member, group)).toHaveCount(0);
  expect(open()).toBe(0);
  await look(tab.page);
  await live(tab.page);
  await expect(tab.approve(member, group)).toBeVisible();

  // Another takes part in the stream of the first, though it was read long before it.
  const other = new RequestsPage(await tab.page.context().newPage());
  await hide(other.page);
  await other.open(id);
  await expect(other.page.locator("html")).toHaveAttribute("data-live", "connecting");
  await send(asking, "/api/requests/withdraw", { request });
  await expect(tab.approve(member, group)).toHaveCount(0);
  await expect(other.approve(member, group)).toBeVisible();
  await look(other.page);
  await live(other.page);
  await expect(other.approve(member, group)).toHaveCount(0);
  expect(open()).toBe(1);
});

test("a tab that the system has put to sleep loses the stream to one that is looked at", async ({ signedIn }) => {
  test.setTimeout(60_000);
  const asking = await signedIn(member);
  const id = await groupId(asking, group);
  const asleep = new RequestsPage(await signedIn(leader));
  await asleep.open(id);
  await live(asleep.page);
  const awake = new RequestsPage(await asleep.page.context().newPage());
  await awake.open(id);
  await live(awake.page);
  const system = await asleep.page.context().newCDPSession(asleep.page);
  await system.send("Page.setWebLifecycleState", { state: "frozen" });
  await look(awake.page);
  const request = await requestToJoin(asking, id);
  await expect(awake.approve(member, group)).toBeVisible({ timeout: 20_000 });
  await system.send("Page.setWebLifecycleState", { state: "active" });
  await expect(asleep.approve(member, group)).toBeVisible({ timeout: 20_000 });
  await live(asleep.page);
  await send(asking, "/api/requests/withdraw", { request });
  for (const tab of [asleep, awake]) await expect(tab.approve(member, group)).toHaveCount(0);
});

test("when somebody else signs in, no tab goes on as who was there before", async ({ browser, muster, watch }) => {
  // The tabs are told so by what their last questions come to.
  watch.forgive(/status of 401/);
  const context = await browser.newContext({ baseURL: muster.url });
  watch.over(context, muster.url);
  const signIn = (username: string) =>
    context.request.post("/login", {
      form: { username, password: PASSWORD, next: "/groups" },
      headers: { origin: muster.url },
    });
  await signIn(superuser.username);
  const tabs = [await context.newPage(), await context.newPage()];
  for (const tab of tabs) {
    await tab.goto("/groups");
    await live(tab);
    await expect(tab.getByText(superuser.name).first()).toBeVisible();
  }
  const hidden = await context.newPage();
  await hide(hidden);
  await hidden.goto("/groups");
  await expect(hidden.locator("html")).toHaveAttribute("data-live", "connecting");
  await signIn(member.username);
  await look(hidden);
  for (const tab of [...tabs, hidden]) {
    await expect(tab.getByText(superuser.name)).toHaveCount(0);
    // Who is told before their browser has the new cookie stands before the sign-in, which leads on to where they were.
    await tab.goto(tab.url());
    await expect(tab).toHaveURL(/\/groups$/);
    await expect(tab.getByText(member.name).first()).toBeVisible();
  }
  await context.close();
});

test("without locks each tab has a stream for as long as somebody looks", async ({ signedIn }) => {
  const asking = await signedIn(member);
  const id = await groupId(asking, group);
  const first = await signedIn(leader);
  const open = streams(first.context());
  const [one, second] = [new RequestsPage(first), new RequestsPage(await first.context().newPage())];
  const tabs = [one, second];
  for (const tab of tabs) {
    await tab.page.addInitScript(() => Object.defineProperty(navigator, "locks", { value: undefined }));
    await hide(tab.page);
    await tab.open(id);
    await expect(tab.page.locator("html")).toHaveAttribute("data-live", "connecting");
  }
  expect(open()).toBe(0);
  for (const tab of tabs) {
    await look(tab.page);
    await live(tab.page);
  }
  expect(open()).toBe(2);
  await look(first, false);
  await expect.poll(open).toBe(1);
  const request = await requestToJoin(asking, id);
  await expect(second.approve(member, group)).toBeVisible();
  await look(first);
  await expect(one.approve(member, group)).toBeVisible();
  await send(asking, "/api/requests/withdraw", { request });
});

test("every tab says that the server is gone, and is live again once it is back", async ({ browser, watch }) => {
  test.setTimeout(90_000);
  // The browser reports each failed attempt to reconnect; here that is the point.
  watch.forgive(/Failed to load resource|ERR_CONNECTION|net::ERR/);
  const muster = await Muster.serve(process.env.MUSTER_DEMO_DATA);
  try {
    const context = await browser.newContext({ baseURL: muster.url });
    watch.over(context, muster.url);
    const form = { username: leader.username, password: PASSWORD, next: "/groups" };
    await context.request.post("/login", { form, headers: { origin: muster.url } });
    const tabs = [await context.newPage(), await context.newPage(), await context.newPage()];
    for (const tab of tabs) {
      await tab.goto("/groups");
      await live(tab);
    }
    await muster.stop();
    for (const tab of tabs) await expect(tab.getByText("Offline –")).toBeVisible({ timeout: 15_000 });
    await muster.start();
    for (const tab of tabs) {
      await expect(tab.locator("html")).toHaveAttribute("data-live", "live", { timeout: 10_000 });
      await expect(tab.getByText("Offline –")).toBeHidden();
    }
    await context.close();
  } finally {
    await muster.discard();
  }
});
