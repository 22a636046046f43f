// Ids of groups by name, read off the list as a person would find them.

import { type Page, expect } from "@playwright/test";
import { GroupsPage } from "./pages/groups";

export async function groupId(page: Page, group: string): Promise<string> {
  const groups = new GroupsPage(page);
  await groups.open(group);
  const href = await groups.link(group).first().getAttribute("href");
  const id = href?.match(/^\/groups\/(\d+)/)?.[1];
  expect(id, `${group} has a page`).toBeDefined();
  return id ?? "";
}
