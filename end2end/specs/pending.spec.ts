// A server that answers late, wrongly or never: no button stays stuck, and what came of it is said.

import { expect, live, noticed, test } from "../fixtures";
import { GroupsPage } from "../pages/groups";
import { member } from "../people";

const GROUP = "Poetry";

test("an answer after ten seconds still counts", async ({ signedIn }) => {
  const groups = new GroupsPage(await signedIn(member));
  await groups.open(GROUP);
  await live(groups.page);
  await groups.page.clock.install();
  let answer = () => {};
  const answered = new Promise<void>((done) => (answer = done));
  await groups.page.route("**/api/groups/join", async (route) => {
    await answered;
    await route.continue();
  });
  await groups.join(GROUP).click();
  await expect(groups.page.locator("form[aria-busy=true]")).toHaveCount(1);
  await groups.page.clock.fastForward(10_000);
  answer();
  await expect(groups.leave(GROUP)).toBeVisible();
  await groups.page.unroute("**/api/groups/join");
  await noticed(groups.page);
  await groups.leave(GROUP).click();
  await expect(groups.join(GROUP)).toBeVisible();
});

test("a fault is said beside the button, which works again", async ({ signedIn, watch }) => {
  watch.forgive(/status of 500/);
  const groups = new GroupsPage(await signedIn(member));
  await groups.open(GROUP);
  await live(groups.page);
  await groups.page.route("**/api/groups/join", (route) =>
    route.fulfill({ status: 500, json: { internal: "T-4711" } }),
  );
  await groups.join(GROUP).click();
  await expect(groups.page.getByRole("alert")).toContainText("T-4711");
  await groups.page.unroute("**/api/groups/join");
  await groups.join(GROUP).click();
  await expect(groups.leave(GROUP)).toBeVisible();
  await groups.leave(GROUP).click();
  await expect(groups.join(GROUP)).toBeVisible();
});

test("what a plain form was refused for is said once the page has come to life, too", async ({ signedIn }) => {
  const page = await signedIn(member);
  // As the server writes it: signs of both kinds that base64 has but addresses have not, and a letter of two bytes.
  const code = Buffer.from(JSON.stringify({ internal: "Zoë?>?>~~~" })).toString("base64url");
  expect(code).toMatch(/-.*_|_.*-/);
  await page.goto(`/groups?__path=%2Fapi%2Fgroups%2Fjoin&__err=${code}${"=".repeat(-code.length & 3)}`);
  await live(page);
  await expect(page.getByRole("alert")).toContainText("Zoë?>?>~~~");
  await expect(page).toHaveURL(/\/groups$/);
});

test("no answer at all is said, and trying again does nothing twice", async ({ signedIn }) => {
  const groups = new GroupsPage(await signedIn(member));
  await groups.open(GROUP);
  await live(groups.page);
  await groups.page.clock.install();
  const attempts: string[] = [];
  await groups.page.route("**/api/groups/join", async (route) => {
    attempts.push(new URLSearchParams(route.request().postData() ?? "").get("command_id") ?? "");
    if (attempts.length > 1) await route.continue();
  });
  await groups.join(GROUP).click();
  await expect.poll(() => attempts.length).toBe(1);
  await groups.page.clock.fastForward(16_000);
  await expect(groups.page.getByText("No answer yet. Try again: nothing is done twice.")).toBeVisible();
  await groups.join(GROUP).click();
  await expect(groups.leave(GROUP)).toBeVisible();
  expect(attempts[0], "the attempt keeps its name").toBe(attempts[1]);
  await groups.leave(GROUP).click();
  await expect(groups.join(GROUP)).toBeVisible();
});

test("a list that cannot be read anew says so, and is read once it can", async ({ signedIn, watch }) => {
  watch.forgive(/status of 500/);
  const page = await signedIn(member);
  await page.goto("/groups");
  await live(page);
  const shown = page.getByRole("main").getByRole("heading", { level: 2 });
  await page.route("**/api/groups/list**", (route) => route.fulfill({ status: 500, json: { internal: "T-4712" } }));
  await page.getByRole("link", { name: "Joined", exact: true }).click();
  const trouble = page.getByRole("alert").filter({ hasText: "What you see may be out of date." });
  await expect(trouble).toContainText("T-4712");
  await expect(shown.first(), "what was there stays").toBeVisible();

  await page.clock.install();
  await page.unroute("**/api/groups/list**");
  await page.route("**/api/groups/list**", () => undefined, { times: 1 });
  await trouble.getByRole("button", { name: "Try again" }).click();
  await expect(trouble).toHaveCount(0);
  await page.clock.fastForward(16_000);
  await expect(trouble).toContainText("The server cannot be reached.");
  await trouble.getByRole("button", { name: "Try again" }).click();
  await expect(trouble).toHaveCount(0);
  await expect(shown).not.toHaveCount(0);
});

test("a page whose data comes late is shown, and one whose data never comes leaves a way on", async ({ signedIn }) => {
  const page = await signedIn(member);
  await page.goto("/groups");
  await live(page);
  await page.clock.install();
  let answer = () => {};
  const answered = new Promise<void>((done) => (answer = done));
  await page.route("**/api/my_groups/list**", async (route) => {
    await answered;
    await route.continue();
  });
  await page.getByRole("link", { name: "My groups" }).click();
  await expect(page.getByText("One moment…").first()).toBeAttached();
  await page.clock.fastForward(10_000);
  await expect(page.getByText("One moment…").first()).toBeAttached();
  await page.clock.fastForward(6_000);
  await expect(page.getByRole("link", { name: "Load the page again" }).first()).toBeVisible();
  answer();
  await expect(page.getByRole("heading", { level: 2, name: "Your groups" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Load the page again" })).toHaveCount(0);
});
