// Every page of the application, for tests that look at all of them.

import { type Page, expect } from "@playwright/test";
import { send } from "./ask";
import { type SignedIn, live } from "./fixtures";
import { groupId } from "./group-id";
import type { Muster } from "./muster";
import { Api } from "./office";
import { type Person, leader, led, manager, member, staff, superuser } from "./people";

/** A page with the name of its picture. */
export interface Stop {
  name: string;
  path: string;
  /** What has to be so before it is opened. */
  prepare?: () => Promise<unknown>;
  /** Opens what is shut at first. */
  open?: (page: Page) => Promise<unknown>;
}

/** Presses a key on a page that listens, and waits for the window that it opens. */
const pressed = (key: string) => async (page: Page) => {
  await live(page);
  await page.keyboard.press(key);
  await expect(page.getByRole("dialog").locator("*").first()).toBeVisible();
};

/** The pages that the leader, who sees all of this slice, can open. */
export async function stops(signedIn: SignedIn): Promise<Stop[]> {
  const page = await signedIn(leader);
  const id = await groupId(page, led.join);
  await page.context().close();
  return [
    { name: "groups", path: "/groups" },
    { name: "groups-none-found", path: "/groups?search=nothing+of+this+name" },
    { name: "palette", path: "/groups", open: pressed("Control+k") },
    { name: "keys", path: "/requests", open: pressed("?") },
    { name: "account-menu", path: "/groups", open: (page) => page.getByRole("button", { name: /^Account/ }).click() },
    { name: "group", path: `/groups/${id}` },
    { name: "requests-join", path: "/requests?kind=join" },
    {
      name: "requests-chosen",
      path: "/requests?kind=join",
      open: async (page) => {
        await page.getByRole("checkbox", { name: /^Select/ }).nth(1).check();
        await page.getByRole("checkbox", { name: /^Select/ }).nth(2).check();
      },
    },
    {
      name: "requests-comment",
      path: "/requests?kind=join",
      open: (page) => page.getByText("Add a comment").first().click(),
    },
    { name: "requests-none-found", path: "/requests?group=999999" },
    { name: "requests-leave", path: "/requests?kind=leave" },
    { name: "manage", path: "/manage" },
    { name: "members", path: `/manage/${id}/members` },
    {
      name: "members-removal",
      path: `/manage/${id}/members`,
      open: (page) => page.getByRole("main").getByRole("link", { name: /^Remove / }).first().click(),
    },
    { name: "members-none-found", path: `/manage/${id}/members?search=nobody+of+this+name` },
    { name: "audit", path: `/manage/${id}/audit` },
    { name: "audit-filters", path: `/manage/${id}/audit`, open: (page) => page.getByText("Who and when").click() },
    { name: "audit-empty", path: `/manage/${id}/audit?kind=permission` },
    { name: "not-found", path: "/groups/999999" },
  ];
}

/** The pages of the admin area, which a superuser opens all of. */
const OFFICE: Stop[] = [
  { name: "admin", path: "/admin" },
  { name: "admin-groups", path: "/admin/groups" },
  { name: "admin-group-new", path: "/admin/groups/new" },
  { name: "admin-group-refused", path: "/admin/groups/new?draft=look&auto_leave=inherit&leaders=nobody-of-this-name" },
  { name: "admin-group", path: "/admin/groups/1" },
  {
    name: "admin-group-preview",
    path: "/admin/groups/1?draft=look&name=Renamed&internal=yes&auto_leave=on&states%5B%5D=3",
  },
  { name: "admin-group-members", path: "/admin/groups/1/members" },
  { name: "admin-group-roll", path: "/admin/groups/1/roll" },
  { name: "admin-group-roll-lines", path: "/admin/groups/1/roll?draft=look&names=mika%0Aleila%0Anobody" },
  { name: "admin-users", path: "/admin/users" },
  { name: "admin-users-none-found", path: "/admin/users?search=nobody+of+this+name" },
  { name: "admin-user-new", path: "/admin/users/new" },
  { name: "admin-user", path: "/admin/users/3" },
  { name: "admin-user-edit", path: "/admin/users/3?draft=edit&deed=edit" },
  { name: "admin-user-character", path: "/admin/users/3?draft=look&deed=add_character&corporation=x" },
  { name: "admin-user-refused", path: "/admin/users/3?draft=look&deed=edit&fields=username,email&username=ada" },
  { name: "admin-user-preview", path: "/admin/users/3?draft=look&deed=deactivate" },
  { name: "admin-user-delete", path: "/admin/users/3?draft=look&deed=delete&expected=x&confirmation=y" },
  { name: "admin-invitations", path: "/admin/invitations" },
  {
    name: "admin-invitation-new",
    path: "/admin/invitations",
    open: (page) => page.getByText("Create an invitation").first().click(),
  },
  { name: "admin-states", path: "/admin/states" },
  { name: "admin-state", path: "/admin/states/3" },
  { name: "admin-state-guest", path: "/admin/states/1" },
  { name: "admin-state-new", path: "/admin/states/new?draft=look&name=New&priority=100&corporations=x" },
  { name: "admin-state-preview", path: "/admin/states/3?draft=delete" },
  { name: "admin-reserved-names", path: "/admin/reserved-names" },
  { name: "admin-reserved-name-refused", path: "/admin/reserved-names?draft=look&name=Logistics+Wing&reason=Ours" },
  { name: "admin-reserved-name-preview", path: "/admin/reserved-names?draft=look&name=Board&reason=Ours" },
  { name: "admin-reserved-name-free", path: "/admin/reserved-names?draft=edit&reserved=1" },
  { name: "admin-settings", path: "/admin/settings" },
  {
    name: "admin-settings-preview",
    path: "/admin/settings?draft=look&registration=open&notifications_max_per_user=50&auto_leave=yes",
  },
  { name: "admin-health", path: "/admin/health" },
];

/** A hidden group of the demo. */
const HIDDEN = "Guest Lecturers";

/** The pages of somebody who decides for nothing. */
async function own(signedIn: SignedIn): Promise<Stop[]> {
  const host = await signedIn(superuser);
  await host.goto(`/admin/groups?search=${encodeURIComponent(HIDDEN)}`);
  const address = await host.getByRole("main").getByRole("link", { name: HIDDEN, exact: true }).getAttribute("href");
  await host.goto(`/groups/${address?.split("/").pop()}`);
  const link = await host.getByRole("textbox", { name: "Join link" }).inputValue();
  const closed = await groupId(host, led.withdraw);
  await host.context().close();
  return [
    { name: "own-groups", path: "/groups" },
    { name: "own-groups-joined", path: "/groups?filter=joined" },
    { name: "own-group", path: `/groups/${closed}` },
    { name: "join", path: new URL(link).pathname },
    { name: "me", path: "/me" },
    { name: "profile", path: "/me/profile" },
    { name: "notifications", path: "/notifications" },
    { name: "notifications-unread", path: "/notifications?show=unread" },
  ];
}

/** What somebody sees who decides for every group and leads none. */
const EVERYTHING: Stop[] = [
  { name: "manager-manage", path: "/manage" },
  { name: "manager-requests", path: "/requests" },
  { name: "manager-notifications", path: "/notifications" },
];

/** What somebody sees who was told of something. */
function told(muster: Muster): Stop[] {
  const lose = async () => {
    const api = new Api(muster);
    const [group] = (await api.call("GET", `/groups?q=${encodeURIComponent(led.live)}`)).items;
    const [user] = (await api.call("GET", `/users?q=${staff.username}`)).items;
    const membership = `/groups/${group.id}/members/${user.id}`;
    await api.call("PUT", membership);
    await api.call("DELETE", membership, { reason: "Only for the tour." });
  };
  return [{ name: "notifications-told", path: "/notifications", prepare: lose }];
}

/** Whom every page is looked at as. */
export async function tours(signedIn: SignedIn, muster: Muster): Promise<[Person, Stop[]][]> {
  return [
    [member, await own(signedIn)],
    [leader, await stops(signedIn)],
    [manager, EVERYTHING],
    [staff, told(muster)],
    [superuser, [{ name: "whole-audit", path: "/audit" }, ...OFFICE]],
  ];
}

/** A day that is not over yet, as a form takes it. */
function inAWeek(): string {
  return new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
}

/** The pages of those who have not signed in; some are opened by links that staff make. */
export async function ways(signedIn: SignedIn, muster: Muster): Promise<Stop[]> {
  const api = new Api(muster);
  const registration = (registration: string) => () => api.call("PATCH", "/settings", { registration });
  const page = await signedIn(superuser);
  await page.goto("/admin");
  const { token } = (await send(page, "/api/invitations/create", { uses: "1", ends: inAWeek() })) as { token: string };
  const link = (await send(page, "/api/users/make_reset_link", { user: "3" })) as { token: string };
  await page.context().close();
  return [
    { name: "login", path: "/login" },
    { name: "login-refused", path: "/login?problem=wrong&username=mika" },
    { name: "register", path: "/register", prepare: registration("open") },
    { name: "register-invited", path: `/register?invitation=${token}`, prepare: registration("invitation") },
    { name: "register-refused", path: `/register?invitation=${token}&problem=password_again&username=mika` },
    { name: "register-closed", path: "/register", prepare: registration("closed") },
    { name: "reset", path: `/reset/${link.token}` },
    { name: "reset-ended", path: "/reset/no-such-link" },
  ];
}

/** Goes there, waits until nothing moves any more, and opens what is shut. */
export async function visit(page: Page, stop: Stop): Promise<void> {
  await arrive(page, stop);
  await stop.open?.(page);
}

/** Goes there and waits until nothing moves any more. */
export async function arrive(page: Page, stop: Stop): Promise<void> {
  await stop.prepare?.();
  await page.goto(stop.path);
  // The ways in are plain forms: nothing comes to life there.
  await page.waitForFunction(
    () => document.documentElement.dataset.live === "live" || document.querySelector("main.entrance") !== null,
  );
  await page.evaluate(() => document.fonts.ready);
}
