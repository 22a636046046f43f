// The code of a page is loaded when somebody goes there, and not before.

import type { Page } from "@playwright/test";
import { expect, live, test } from "../fixtures";
import { leader } from "../people";

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
