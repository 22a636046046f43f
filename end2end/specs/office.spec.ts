// The admin area as superuser, as staff with each single permission, and as a member.

import type { Page } from "@playwright/test";
import { expect, live, test } from "../fixtures";
import { Api } from "../office";
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

/** Every page of the admin area, and which offices open it. The front page and the health of the instance open for all. */
const PAGES: [string, string[]][] = [
  ["/admin", Object.keys(OFFICES)],
  ["/admin/health", Object.keys(OFFICES)],
  ["/admin/groups", ["manage_groups", "manage_users"]],
  ["/admin/groups/new", ["manage_groups"]],
  ["/admin/groups/1", ["manage_groups", "manage_users"]],
  ["/admin/groups/1/members", ["manage_groups", "manage_users"]],
  ["/admin/groups/1/roll", ["manage_groups", "manage_users"]],
  ["/admin/users", ["manage_users"]],
  ["/admin/users/new", ["manage_users"]],
  ["/admin/users/3", ["manage_users"]],
  ["/admin/invitations", ["manage_users"]],
  ["/admin/states", ["manage_states"]],
  ["/admin/states/new", ["manage_states"]],
  ["/admin/states/2", ["manage_states"]],
  ["/admin/reserved-names", ["manage_reserved_names"]],
  ["/admin/settings", ["manage_settings"]],
  ["/audit", ["view_audit"]],
];

const LACKING = "Your account lacks the staff permission for this. Ask a superuser for it.";

for (const [permission, tabs] of Object.entries(OFFICES)) {
  test(`${permission} opens its pages and no others, with scripts and without`, async ({ muster, signedIn, watch }) => {
    test.setTimeout(120_000);
    watch.forgive(/status of 403/);
    const officer = await new Api(muster).officer(permission.replaceAll("_", "-"), permission);
    for (const javaScriptEnabled of [true, false]) {
      const page = await signedIn(officer, { javaScriptEnabled });
      await page.goto("/admin");
      if (javaScriptEnabled) await live(page);
      const links = page.getByRole("navigation", { name: "Parts of the admin area" }).getByRole("link");
      await expect(links).toHaveText(tabs);
      for (const [path, offices] of PAGES) {
        const answer = await page.goto(path);
        const opens = offices.includes(permission);
        expect(answer?.status(), path).toBe(opens ? 200 : 403);
        await expect(page.getByRole("heading", { level: 1 }), path).toBeVisible();
        if (!opens && path !== "/audit") await expect(page.getByText(LACKING), path).toBeVisible();
        if (javaScriptEnabled) await live(page);
      }
      await page.context().close();
    }
  });
}

test("the palette knows every page of the admin area that opens, and no other", async ({ muster, signedIn }) => {
  const officer = await new Api(muster).officer("pia-palette", "manage_users");
  const offered = async (page: Page) => {
    await page.goto("/groups");
    await live(page);
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByRole("combobox").fill("admin");
    await expect(page.getByRole("dialog").getByRole("option", { name: "Admin", exact: true })).toBeVisible();
    return page.getByRole("dialog").getByRole("option", { name: /^Admin: / });
  };
  const people = await signedIn(officer);
  const own = ["Admin: Groups", "Admin: People", "Admin: Invitations", "Admin: Health", "Admin: New user"];
  await expect(await offered(people)).toHaveText(own);
  // Whoever looks after accounts finds them all, and is led to the account.
  await people.getByRole("dialog").getByRole("combobox").fill(member.username);
  await people.getByRole("dialog").getByRole("option", { name: member.name }).click();
  await expect(people).toHaveURL(/\/admin\/users\/\d+$/);
  await expect(people.getByRole("heading", { level: 1, name: member.name })).toBeVisible();
  await expect(await offered(await signedIn(superuser))).toHaveCount(10);
});

test("a superuser finds every part, and what needs care", async ({ signedIn }) => {
  const page = await signedIn(superuser);
  await page.goto("/groups");
  await live(page);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Admin" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Admin" })).toBeVisible();
  const links = page.getByRole("navigation", { name: "Parts of the admin area" }).getByRole("link");
  await expect(links).toHaveCount(8);
  await expect(page.getByText("No backup has been made yet.")).toBeVisible();
  await page.getByRole("link", { name: "More about the health of Muster" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Health" })).toBeVisible();
  await expect(page.getByRole("heading", { name: /Requests older than a week/ })).toBeVisible();
  await expect(page.getByText(/^SQLite 3/)).toBeVisible();
});

test("a member and a stranger to the office find nothing there", async ({ signedIn, watch }) => {
  watch.forgive(/status of 404/);
  const page = await signedIn(member);
  const paths = PAGES.map(([path]) => path).filter((path) => path.startsWith("/admin"));
  for (const path of [...paths, "/admin/groups/1?draft=delete", "/admin/states/2?draft=delete", "/once"]) {
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
    await page.getByLabel("Why? (optional)").fill("Nobody wants it any more.");
    await page.getByRole("button", { name: "See what it would do" }).click();
    await expect(region.getByText("The reason that is kept: “Nobody wants it any more.”.")).toBeVisible();
    await expect(region.getByText(`A group can be called “${name}” again.`)).toBeVisible();
    await page.getByRole("button", { name: "Free the name" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: name })).toHaveCount(0);
  });
}
