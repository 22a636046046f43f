// Two hundred requests decided at once: how far it is shows, each has its own result, and nothing is decided twice.

import { expect, live, test } from "../fixtures";
import { manager, superuser } from "../people";

const MANY = 200;

test("two hundred are approved with progress, and those that cannot be are named", async ({ signedIn, muster, cookies }) => {
  test.setTimeout(120_000);
  const page = await signedIn(manager);
  await page.goto("/requests");
  await live(page);
  const tab = page.getByRole("link", { name: /^Join \(/ });
  const waiting = async () => Number(/\((\d+)\)/.exec((await tab.innerText()).replace(/[, ]/g, ""))?.[1]);
  const before = await waiting();
  expect(before, "there is enough to decide").toBeGreaterThan(MANY);
  const first = ((await page.locator("#queue > li").first().getAttribute("id")) ?? "").replace("request-", "");

  for (let turn = 1; turn <= MANY / 50; turn += 1) {
    await page.getByLabel("Select all 50 shown").check();
    await expect(page.getByText(new RegExp(`^${turn * 50} selected`))).toBeVisible();
    if (turn < MANY / 50) {
      const shown = await page.locator("#queue > li").first().getAttribute("id");
      await page.getByRole("link", { name: "Next page" }).click();
      await expect(page.locator(`#${shown}`)).toHaveCount(0);
      await expect(page.locator("#queue > li")).toHaveCount(50);
    }
  }

  // Somebody else decides one of them a moment before.
  await signedIn(superuser);
  let parts = 0;
  await page.route("**/api/requests/approve_each", async (route) => {
    parts += 1;
    if (parts === 1) {
      const cookie = cookies.get(superuser.username)?.cookies.map((one) => `${one.name}=${one.value}`).join("; ");
      const headers = { cookie: cookie ?? "", accept: "application/json", origin: muster.url };
      const body = new URLSearchParams({ request: first });
      expect((await fetch(`${muster.url}/api/requests/reject`, { method: "POST", headers, body })).status).toBe(200);
    }
    await route.continue();
  });
  const said: string[] = [];
  await page.exposeFunction("note", (text: string) => said.push(text));
  await page.evaluate(() => {
    new MutationObserver(() => {
      const text = document.querySelector(".chosen-progress")?.textContent?.trim();
      if (text) void (window as unknown as { note: (text: string) => void }).note(text);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await page.getByRole("button", { name: `Approve (${MANY}) the selected requests` }).click();

  const report = page.getByRole("status").filter({ hasText: /was not|were not/ });
  await expect(report).toBeVisible({ timeout: 60_000 });
  await expect(report).toContainText(/\d+ requests approved\./);
  await expect(report.getByRole("listitem").filter({ hasText: "before you." })).toHaveCount(1);
  expect(parts, "it is sent part by part").toBeGreaterThan(1);
  expect(said.some((text) => text === `Approving: 0 of ${MANY}`), "it begins").toBe(true);
  expect(new Set(said).size, "it is said how far it is").toBeGreaterThan(1);
  const missed = await report.getByRole("listitem").count();
  const done = Number(/(\d+) requests approved/.exec(await report.innerText())?.[1]);
  expect(done + missed, "each has a result").toBe(MANY);
  await expect.poll(waiting, "those that were decided wait no more").toBe(before - done - 1);
});
