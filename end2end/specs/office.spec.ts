// The admin area as superuser, as staff with each single permission, and as a member.

import { Api, expect, live, test } from "../office";
import { member, superuser } from "../people";

/** Where each office leads, by the names of the tabs. */
const OFFICES: Record<string, string[]> = {
  manage_groups: ["Overview", "Groups", "Health"],
  manage_users: ["Overview", "Groups", "People", "Invitations", "Health"],
  manage_states: ["Overview", "States", "Health"],
  manage_reserved_names: ["Overview", "Reserved names", "Health"],
  manage_settings: ["Overview", "Settings", "Health"],
  view_audit: ["Overview", "Health"],
};

const PAGES: Record<string, string> = {
  States: "/admin/states",
  "Reserved names": "/admin/reserved-names",
  Settings: "/admin/settings",
  Health: "/admin/health",
};

for (const [permission, tabs] of Object.entries(OFFICES)) {
  test(`${permission} opens its part and nothing else`, async ({ muster, signedIn, watch }) => {
    watch.forgive(/status of 40[34]/);
    const officer = await new Api(muster).officer(permission.replaceAll("_", "-"), permission);
    const page = await signedIn(officer);
    await page.goto("/admin");
    await live(page);
    const links = page.getByRole("navigation", { name: "Parts of the admin area" }).getByRole("link");
    await expect(links).toHaveText(tabs);
    for (const [tab, path] of Object.entries(PAGES)) {
      const answer = await page.goto(path);
      expect(answer?.status(), path).toBe(tabs.includes(tab) ? 200 : 403);
    }
  });
}

test("a superuser finds every part, and what needs care", async ({ signedIn }) => {
  const page = await signedIn(superuser);
  await page.goto("/groups");
  await live(page);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Admin" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Admin" })).toBeVisible();
  const links = page.getByRole("navigation", { name: "Parts of the admin area" }).getByRole("link");
  await expect(links).toHaveCount(8);
  await expect(page.getByText("No backup was made for more than a week.")).toBeVisible();
  await page.getByRole("link", { name: "More about the health of Muster" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Health" })).toBeVisible();
  await expect(page.getByRole("heading", { name: /Requests older than a week/ })).toBeVisible();
  await expect(page.getByText(/^SQLite 3/)).toBeVisible();
});

test("a member and a stranger to the office find nothing there", async ({ signedIn, watch }) => {
  watch.forgive(/status of 404/);
  const page = await signedIn(member);
  const paths = ["/admin", "/admin/groups", "/admin/states", "/admin/states/new", "/admin/states/3"];
  for (const path of [...paths, "/admin/reserved-names", "/admin/settings", "/admin/health"]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  }
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`a name is reserved, found and freed, ${how}`, async ({ signedIn }) => {
    const page = await signedIn(superuser, { javaScriptEnabled });
    const name = `Council ${how}`;
    const region = page.getByRole("region", { name: "What this would do" });
    await page.goto("/admin/reserved-names");
    if (javaScriptEnabled) await live(page);
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("  logistics WING ");
    await page.getByLabel("Reason").fill("Ours.");
    await page.getByRole("button", { name: "See what it would do" }).click();
    await expect(page.getByText("A group has this name. Rename the group first.")).toBeVisible();
    await expect(page.getByLabel("Reason"), "nothing is lost").toHaveValue("Ours.");
    await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
    await page.getByRole("button", { name: "See what it would do" }).click();
    await expect(region.getByText(`No group can be called “${name}” from then on.`)).toBeVisible();
    await page.getByRole("button", { name: "Reserve the name" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: name })).toContainText("Ours.");

    await page.goto(`/admin/reserved-names?search=${encodeURIComponent(name)}`);
    await expect(page.getByRole("listitem").filter({ hasText: "Reserved by" })).toHaveCount(1);
    await page.getByRole("link", { name: `Free ${name}` }).click();
    await expect(region.getByText(`A group can be called “${name}” again.`)).toBeVisible();
    await page.getByRole("button", { name: "Free the name" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: name })).toHaveCount(0);
  });
}
