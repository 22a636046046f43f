// The code of a page is loaded when somebody goes there, and not before.

import type { Page } from "@playwright/test";
import { expect, live, test } from "../fixtures";
import { type Person, leader, member, superuser } from "../people";

/** The files of chunks that the page asks for from now on, without their hashes. */
function chunksOf(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    const [, chunk] = /\/pkg\/muster\.(\w+)\.[0-9a-f]{16}\.wasm$/.exec(request.url()) ?? [];
    if (chunk !== undefined) asked.push(chunk);
  });
  return asked;
}

const CHUNKS = /\/pkg\/muster\.\w+\.[0-9a-f]{16}\.wasm$/;

test("the first page loads no other's code", async ({ signedIn }) => {
  const page = await signedIn(leader);
  const chunks = chunksOf(page);
  await page.goto("/groups");
  await live(page);
  expect(chunks).toEqual([]);

  await page.getByRole("link", { name: /^Requests/ }).click();
  await expect(page.getByRole("heading", { name: "Requests", level: 1 })).toBeVisible();
  expect(chunks).toContain("lead");
});

test("a page that is opened by its address comes to life, and asks for each file once", async ({ signedIn }) => {
  const page = await signedIn(leader);
  const chunks = chunksOf(page);
  await page.goto("/requests");
  await live(page);
  expect(chunks).toContain("lead");
  expect(chunks).toEqual([...new Set(chunks)]);
});

test("a page whose code cannot be loaded says so, and comes once it can", async ({ signedIn, watch }) => {
  watch.forgive(/Failed to (load resource|fetch)/);
  const page = await signedIn(leader);
  await page.goto("/groups");
  await live(page);
  await page.route(CHUNKS, (route) => route.abort());
  await page.getByRole("link", { name: /^Requests/ }).click();
  await expect(page.getByRole("heading", { name: "This page did not load" })).toBeVisible();

  await page.unroute(CHUNKS);
  await page.getByRole("link", { name: "Load the page again" }).click();
  await expect(page.getByRole("heading", { name: "Requests", level: 1 })).toBeVisible();
  await live(page);
});

test("without its code, a page that is opened by its address works as it does without scripts", async ({ signedIn, watch }) => {
  watch.forgive(/Failed to (load resource|fetch)/);
  const page = await signedIn(leader);
  await page.route(CHUNKS, (route) => route.abort());
  await page.goto("/requests?kind=leave");
  await page.getByRole("link", { name: /^Join/ }).click();
  await expect(page).toHaveURL(/\/requests$/);
  await expect(page.locator("html")).not.toHaveAttribute("data-live", "live");
});

// Each has something in its address that the next one has not.
const LEFT: [Person, string][] = [
  [member, "/groups?filter=joined"],
  [leader, "/requests?kind=leave"],
  [leader, "/manage?search=a"],
  [superuser, "/admin/groups?search=a"],
  [superuser, "/admin/users?search=a"],
];

for (const [person, path] of LEFT) {
  test(`while the next page comes, ${path} asks for nothing any more`, async ({ signedIn }) => {
    const page = await signedIn(person);
    await page.goto(path);
    await live(page);
    let release = () => {};
    const released = new Promise<void>((done) => (release = done));
    await page.route(/\/pkg\/muster\.member\.[0-9a-f]{16}\.wasm$/, async (route) => {
      await released;
      await route.continue();
    });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.getByRole("link", { name: "My groups" }).click();
    await expect.poll(() => asked.some((path) => path.includes("muster.member."))).toBe(true);
    // Whatever the page that is left would ask for, it would have by now.
    await page.waitForTimeout(300);
    expect(asked.filter((path) => path.startsWith("/api/"))).toEqual([]);
    release();
    await expect(page.getByRole("heading", { level: 1, name: "My groups" })).toBeVisible();
    expect(asked).toContain("/api/my_groups/list");
  });
}
