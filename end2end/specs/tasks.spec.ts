// Every task of members, leaders and managers, the same way with and without scripts, on a phone and on a desktop: what
// works by plain links and forms works for everybody.

import { readFile } from "node:fs/promises";
import type { BrowserContextOptions, Page } from "@playwright/test";
import { expect, live, test } from "../fixtures";
import { groupId } from "../group-id";
import { AuditPage } from "../pages/audit";
import { GroupsPage } from "../pages/groups";
import { MePage } from "../pages/me";
import { MembersPage } from "../pages/members";
import { NotificationsPage } from "../pages/notifications";
import { RequestsPage } from "../pages/requests";
import { leader, manager, member } from "../people";

const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

interface Way {
  name: string;
  options: BrowserContextOptions;
  /** A closed group that the leader leads, and a closed and public one that only managers decide for. */
  led: string;
  managed: string;
}

const WAYS: Way[] = [
  { name: "on a desktop", options: DESKTOP, led: "Strategic Reserve", managed: "Language Exchange" },
  { name: "on a phone", options: PHONE, led: "Scouts and Probers", managed: "Choir" },
  {
    name: "on a desktop without scripts",
    options: { ...DESKTOP, javaScriptEnabled: false },
    led: "Doctrine Council",
    managed: "Sustainability Group",
  },
  {
    name: "on a phone without scripts",
    options: { ...PHONE, javaScriptEnabled: false },
    led: "Fleet Commanders",
    managed: "Student Council Helpers",
  },
];

for (const way of WAYS) {
  const hasScripts = way.options.javaScriptEnabled ?? true;

  /** Goes there, and waits for the page to come to life where it does. */
  const open = async (page: Page, path: string) => {
    await page.goto(path);
    if (hasScripts) await live(page);
  };

  /** Sends a form that asks for another view: without scripts by its button, which shows itself to whoever tabs to it. */
  const ask = async (page: Page, button: string) => {
    if (!hasScripts) await page.getByRole("main").getByRole("button", { name: button, exact: true }).press("Enter");
  };

  test(`a member finds groups, joins, asks, takes back and leaves, ${way.name}`, async ({ signedIn }) => {
    test.setTimeout(90_000);
    const page = await signedIn(member, way.options);
    const groups = new GroupsPage(page);
    await open(page, "/groups");
    await page.getByRole("link", { name: "Open", exact: true }).click();
    await expect(page).toHaveURL(/filter=open/);
    await page.getByLabel("Order").selectOption({ label: "Newest first" });
    await ask(page, "Search");
    await expect(page).toHaveURL(/order=newest/);
    await expect(page, "the filter stays").toHaveURL(/filter=open/);
    await page.getByRole("searchbox").fill("poe");
    await ask(page, "Search");
    await expect(groups.link("Poetry")).toBeVisible();
    await expect(page.getByRole("main").getByRole("listitem").filter({ has: page.getByRole("heading", { level: 2 }) })).toHaveCount(1);

    await groups.join("Poetry").click();
    await open(page, "/groups?filter=joined&search=poetry");
    await groups.leave("Poetry").click();
    await open(page, "/groups?search=poetry");
    await expect(groups.join("Poetry")).toBeVisible();

    await groups.open(way.led);
    await groups.link(way.led).first().click();
    await expect(page.getByRole("heading", { level: 1, name: way.led })).toBeVisible();
    await expect(page.getByRole("heading", { name: "To join you need to" })).toBeVisible();
    if (hasScripts) await live(page);
    await page.getByLabel("Why? (optional)").fill("I can help on weekends.");
    await groups.requestToJoin(way.led).click();
    await expect(groups.withdraw(way.led)).toBeVisible();
    await expect(page.getByText("I can help on weekends.").first()).toBeVisible();

    const me = new MePage(page);
    await open(page, "/me");
    await expect(me.row("Waiting for a decision", way.led)).toContainText("I can help on weekends.");
    await groups.withdraw(way.led).click();
    await expect(me.row("Waiting for a decision", way.led)).toHaveCount(0);
    await expect(me.row("Earlier requests", way.led).first()).toContainText("I can help on weekends.");
  });

  test(`a leader decides, is answered for it, looks after members and the log, ${way.name}`, async ({ signedIn }) => {
    test.setTimeout(120_000);
    const asking = await signedIn(member, way.options);
    const id = await groupId(asking, way.led);
    await new GroupsPage(asking).requestToJoin(way.led).click();
    await expect(new GroupsPage(asking).withdraw(way.led)).toBeVisible();

    const page = await signedIn(leader, way.options);
    await open(page, "/manage");
    const group = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: way.led, exact: true }) });
    await group.getByRole("link", { name: /to join/ }).click();
    await expect(page).toHaveURL(/\/requests\?group=\d+/);
    if (hasScripts) await live(page);
    const requests = new RequestsPage(page);
    const row = requests.rows.filter({ hasText: member.name });
    await row.getByText("Add a comment").click();
    await row.getByLabel("Comment (optional)").fill("Glad to have you.");
    await requests.approve(member, way.led).click();
    await expect(requests.approve(member, way.led)).toHaveCount(0);

    const told = new NotificationsPage(asking);
    await open(asking, "/notifications");
    await expect(told.row(`${leader.username} approved your request to join ${way.led}.`).first()).toContainText("Glad to have you.");

    const members = new MembersPage(page);
    await open(page, `/manage/${id}/members`);
    await page.getByRole("searchbox").fill("mika");
    await ask(page, "Search");
    await expect(page).toHaveURL(/search=mika/);
    await expect(members.row(member.name)).toHaveCount(1);
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Export CSV" }).click();
    expect(await readFile(await (await download).path(), "utf8")).toContain(member.name);
    await members.remove(member.name).click();
    await page.getByLabel("Why? (optional)").fill("A trial, as agreed.");
    await page.getByRole("button", { name: `Remove ${member.name} from ${way.led}` }).click();
    await expect(members.row(member.name)).toHaveCount(0);

    const audit = new AuditPage(page);
    await audit.open(id);
    await expect(audit.row(member, "Join", "Accepted", leader).first()).toBeVisible();
    await page.getByLabel("Type").selectOption({ label: "Removed" });
    // The button stands behind what few need.
    if (!hasScripts) await page.getByText("Who and when").click();
    await ask(page, "Show");
    await expect(page).toHaveURL(/kind=removed/);
    await expect(page.locator("tbody > tr").first()).toContainText("A trial, as agreed.");

    await open(asking, "/notifications?show=unread");
    await expect(told.row(`You are no longer a member of ${way.led}.`).first()).toContainText("A trial, as agreed.");
    await asking.getByRole("button", { name: "Mark all as read" }).click();
    await expect(asking.getByText("You have read everything.")).toBeVisible();
  });

  test(`a manager decides for groups that nobody of theirs leads, ${way.name}`, async ({ signedIn }) => {
    test.setTimeout(90_000);
    const asking = await signedIn(member, way.options);
    const id = await groupId(asking, way.managed);
    await new GroupsPage(asking).requestToJoin(way.managed).click();
    await expect(new GroupsPage(asking).withdraw(way.managed)).toBeVisible();

    const page = await signedIn(manager, way.options);
    await open(page, "/manage");
    await page.getByRole("searchbox").fill(way.managed);
    await ask(page, "Search");
    await expect(page.getByRole("heading", { name: way.managed, exact: true })).toBeVisible();

    const requests = new RequestsPage(page);
    await requests.open(id);
    if (hasScripts) await live(page);
    const row = requests.rows.filter({ hasText: member.name });
    await row.getByRole("checkbox").check();
    await page.getByRole("button", { name: / the selected requests$/ }).filter({ hasText: "Reject" }).click();
    await expect(page.getByText("1 request rejected.").first()).toBeVisible();
    await expect(requests.rows.filter({ hasText: member.name })).toHaveCount(0, { timeout: 10_000 });

    const me = new MePage(asking);
    await open(asking, "/me");
    await expect(me.row("Earlier requests", way.managed).first()).toContainText("Rejected by");
    await open(page, `/manage/${id}/audit?kind=join&action=rejected`);
    await expect(page.locator("tbody > tr").first()).toContainText(manager.username);
  });

  test(`the account is set to light or dark, to German and back, ${way.name}`, async ({ signedIn }) => {
    const page = await signedIn(member, way.options);
    await open(page, "/me/profile");
    const part = page.locator("section").filter({ has: page.getByRole("heading", { level: 2, name: "Appearance and language" }) });
    await part.getByRole("button", { name: "Dark" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await part.getByRole("button", { name: "System" }).click();
    await expect(page.locator("html")).not.toHaveAttribute("data-theme", "dark");
    await part.getByRole("button", { name: "Deutsch" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    if (hasScripts) await live(page);
    await page.getByRole("main").getByRole("button", { name: "English" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
  });
}
