// Every page of the application, for tests that look at all of them.

import type { Page } from "@playwright/test";
import type { SignedIn } from "./fixtures";
import { groupId } from "./group-id";
import { leader, led } from "./people";

/** A page with the name of its picture. */
export interface Stop {
  name: string;
  path: string;
}

/** The pages that the leader, who sees all of this slice, can open. */
export async function stops(signedIn: SignedIn): Promise<Stop[]> {
  const page = await signedIn(leader);
  const id = await groupId(page, led.join);
  await page.context().close();
  return [
    { name: "groups", path: "/groups" },
    { name: "groups-none-found", path: "/groups?search=nothing+of+this+name" },
    { name: "group", path: `/groups/${id}` },
    { name: "requests-join", path: "/requests?kind=join" },
    { name: "requests-leave", path: "/requests?kind=leave" },
    { name: "manage", path: "/manage" },
    { name: "members", path: `/manage/${id}/members` },
    { name: "members-none-found", path: `/manage/${id}/members?search=nobody+of+this+name` },
    { name: "audit", path: `/manage/${id}/audit` },
    { name: "audit-empty", path: `/manage/${id}/audit?kind=permission` },
    { name: "not-found", path: "/groups/999999" },
  ];
}

/** Goes there and waits until nothing moves any more. */
export async function visit(page: Page, stop: Stop): Promise<void> {
  await page.goto(stop.path);
  await page.waitForFunction(() => document.documentElement.dataset.live === "live" || location.pathname === "/login");
  await page.evaluate(() => document.fonts.ready);
}
