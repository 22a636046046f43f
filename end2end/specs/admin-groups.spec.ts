// Groups in the admin area: made, set up and deleted by drafts that are looked at first.

import type { Page } from "@playwright/test";
import { send } from "../ask";
import { groupId } from "../group-id";
import { expect, live, test } from "../fixtures";
import { Api } from "../office";
import { leader, led, member, superuser } from "../people";

const foreseen = (page: Page) => page.getByRole("region", { name: "What this would do" });
const look = (page: Page) => page.getByRole("button", { name: "See what it would do" });
const summary = (page: Page) => page.getByRole("region", { name: "In plain words" });
const flag = (page: Page, name: string) => page.getByRole("checkbox", { name, exact: true });

/** Makes a group in the admin area by the API, and answers its id. */
async function made(api: Api, name: string, flags: Record<string, unknown> = {}): Promise<number> {
  const group = await api.call("POST", "/groups", { name, internal: false, hidden: false, ...flags });
  return group.id;
}

test("the list leads to each group and is narrowed in the address", async ({ signedIn }) => {
  const page = await signedIn(superuser);
  await page.goto("/admin/groups");
  await live(page);
  await page.getByLabel("Restricted").selectOption("yes");
  await expect(page).toHaveURL(/restricted=yes/);
  await expect(page.getByRole("row").nth(1)).toContainText("Restricted");
  await page.getByRole("searchbox").fill(led.join);
  await expect(page).toHaveURL(/search=/);
  await page.getByLabel("Restricted").selectOption("");
  await page.getByRole("link", { name: led.join, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: led.join })).toBeVisible();
  await expect(page).toHaveURL(/\/admin\/groups\/\d+$/);
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`a group is made, changed and deleted, ${how}`, async ({ signedIn }) => {
    const page = await signedIn(superuser, { javaScriptEnabled });
    const name = `Cartographers ${how}`;
    await page.goto("/admin/groups");
    if (javaScriptEnabled) await live(page);
    await page.getByRole("link", { name: "New group" }).click();
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByLabel("Leaders", { exact: true }).fill(`${leader.username}\nnobody-of-this-name`);
    await flag(page, "Internal").uncheck();
    await look(page).click();
    await expect(page.getByText("names nothing that is known on line 2")).toBeVisible();
    await expect(page.getByLabel("Name", { exact: true }), "nothing is lost").toHaveValue(name);
    await page.getByLabel("Leaders", { exact: true }).fill(leader.username);
    await look(page).click();
    await expect(foreseen(page).getByText(`The group ${name} is made.`)).toBeVisible();
    await page.getByRole("button", { name: "Make the group" }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(page).toHaveURL(/\/admin\/groups\/\d+/);
    await expect(page.getByText(leader.name).first()).toBeVisible();

    await flag(page, "Hidden").uncheck();
    await flag(page, "Public").check();
    await look(page).click();
    await expect(foreseen(page).getByText("Hidden turned off.")).toBeVisible();
    await expect(foreseen(page).getByText("It touches nobody")).toBeVisible();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(flag(page, "Public")).toBeChecked();
    await expect(flag(page, "Hidden")).not.toBeChecked();

    await page.getByLabel(`Type ${name} to confirm`).fill("something else");
    await page.getByRole("button", { name: "See what this would do" }).click();
    await expect(page.getByText("The name that was typed is not right.")).toBeVisible();
    await page.getByLabel(`Type ${name} to confirm`).fill(name);
    await page.getByRole("button", { name: "See what this would do" }).click();
    await expect(foreseen(page).getByText(`The group ${name} is deleted.`)).toBeVisible();
    await page.getByRole("button", { name: "Delete for good" }).click();
    await expect(page).toHaveURL(/\/admin\/groups(\?|$)/);
    await expect(page.getByRole("link", { name, exact: true })).toHaveCount(0);
  });
}

test("the summary follows while one types", async ({ signedIn }) => {
  const page = await signedIn(superuser);
  await page.goto("/admin/groups/new");
  await live(page);
  await expect(summary(page)).toContainText("Nobody but administrators, not even its members.");
  await flag(page, "Internal").uncheck();
  await expect(summary(page)).toContainText("All who have its join link and have the right to request groups may ask to join.");
  await flag(page, "Open").check();
  await flag(page, "Public").check();
  await flag(page, "Hidden").uncheck();
  await flag(page, "Member").check();
  await expect(summary(page)).toContainText("All who are in the state Member may join, at once.");
  await flag(page, "Open").uncheck();
  await expect(summary(page)).toContainText("Group managers alone");
  await page.getByLabel("Leaders", { exact: true }).fill("ana");
  await expect(summary(page)).toContainText("Its leaders and group managers.");
});

test("what became true meanwhile is shown before a group is deleted", async ({ muster, signedIn, watch }) => {
  // Who looks at the list of groups asks for the row of one that is gone by now.
  watch.forgive(/status of (404|409)/);
  const api = new Api(muster);
  const id = await made(api, "Short Lived", { public: true, open: true });
  const page = await signedIn(superuser);
  await page.goto(`/admin/groups/${id}?draft=delete&called=Short+Lived&typed=Short+Lived`);
  await live(page);
  await expect(foreseen(page).getByText("It touches nobody")).toBeVisible();
  const other = await signedIn(leader);
  await other.goto("/groups");
  await send(other, "/api/groups/join", { group: String(id) });
  await page.getByRole("button", { name: "Delete for good" }).click();
  await expect(page.getByText("Things have changed since you looked. This is what it would do now.")).toBeVisible();
  await expect(foreseen(page).getByText("It touches one person.")).toBeVisible();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await expect(page.getByText("The group is deleted.")).toBeVisible();
});

test("turning a group internal shows whose requests close", async ({ signedIn }) => {
  const page = await signedIn(superuser);
  const id = await groupId(page, "Strategic Reserve");
  await page.goto(`/admin/groups/${id}`);
  await live(page);
  await flag(page, "Internal").check();
  await look(page).click();
  await expect(foreseen(page).getByText(/It touches \d+ people\./)).toBeVisible();
  await expect(foreseen(page).getByText("Internal turned on.")).toBeVisible();
  await page.getByRole("link", { name: "Back to editing" }).click();
  await expect(flag(page, "Internal"), "the draft is kept").toBeChecked();
});

test("leaders and leader groups come and go by name", async ({ muster, signedIn, watch }) => {
  watch.forgive(/status of 422/);
  const id = await made(new Api(muster), "Led by turns");
  const page = await signedIn(superuser);
  await page.goto(`/admin/groups/${id}`);
  await live(page);
  await expect(page.getByText("Nobody is named to lead it. Group managers decide its requests.")).toBeVisible();
  await page.getByLabel("Add a leader", { exact: true }).fill("nobody-of-this-name");
  await page.getByRole("button", { name: "Add", exact: true }).first().click();
  await expect(page.getByText("names nothing that is known on line 1")).toBeVisible();
  await page.getByLabel("Add a leader", { exact: true }).fill(leader.name);
  await page.getByRole("button", { name: "Add", exact: true }).first().click();
  await expect(page.getByRole("button", { name: `Remove ${leader.name} from those who lead` })).toBeVisible();
  await page.getByLabel("Add a leader group").fill(led.join);
  await page.getByRole("button", { name: "Add", exact: true }).last().click();
  await page.getByRole("button", { name: `Remove ${led.join} from those who lead` }).click();
  await expect(page.getByRole("button", { name: `Remove ${led.join} from those who lead` })).toHaveCount(0);
});

test("staff of groups see what only superusers change, disabled and with the reason", async ({ muster, signedIn }) => {
  const api = new Api(muster);
  const officer = await api.officer("gina-groups", "manage_groups");
  const id = await made(api, "Ordinary");
  const restricted = await made(api, "Vaulted", { restricted: true });
  const page = await signedIn(officer);
  await page.goto(`/admin/groups/${id}`);
  await live(page);
  await expect(flag(page, "Restricted")).toBeDisabled();
  await expect(page.getByText("Only a superuser restricts a group, or lifts that.")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: /view_audit/ })).toBeDisabled();
  await expect(page.getByText("Only a superuser gives permissions.").first()).toBeVisible();
  await flag(page, "Member").check();
  await look(page).click();
  await expect(foreseen(page).getByText(/^States? changed from .+ to Member\.$|Member/).first()).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("The group is saved.")).toBeVisible();

  await page.goto(`/admin/groups/${restricted}`);
  await live(page);
  await expect(page.getByLabel("Name", { exact: true })).toBeDisabled();
  await expect(look(page)).toHaveCount(0);
  await expect(page.getByLabel("Type Vaulted to confirm")).toBeDisabled();
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`many are added by a pasted list that is looked at line by line, ${how}`, async ({ muster, signedIn }) => {
    const id = await made(new Api(muster), `Crowd ${how}`, { public: true });
    const page = await signedIn(superuser, { javaScriptEnabled });
    await page.goto(`/admin/groups/${id}/roll`);
    if (javaScriptEnabled) await live(page);
    const list = `${member.username};Acme\n"${leader.name}",x\nnobody-of-this-name\n${member.username}`;
    await page.getByLabel("The list").fill(list);
    await page.getByRole("button", { name: "Look at each line" }).click();
    await expect(page.getByText("2 of 4 lines add somebody.")).toBeVisible();
    await expect(page.getByRole("row").filter({ hasText: "nobody-of-this-name" })).toContainText("Nobody has this name.");
    await expect(page.getByRole("row").last()).toContainText("Stands further up already.");
    await page.getByRole("button", { name: "Add 2 people" }).click();
    if (javaScriptEnabled) {
      await expect(page.getByText("2 of 4 lines added somebody.")).toBeVisible();
    } else {
      await expect(page.getByRole("row").filter({ hasText: leader.name })).toContainText("Is a member already.");
    }
    await page.goto(`/admin/groups/${id}/members`);
    await expect(page.getByText("2 members").first()).toBeVisible();
  });

  test(`a member is added by name and removed, ${how}`, async ({ muster, signedIn }) => {
    const id = await made(new Api(muster), `Single ${how}`, { public: true });
    const page = await signedIn(superuser, { javaScriptEnabled });
    await page.goto(`/admin/groups/${id}/members`);
    if (javaScriptEnabled) await live(page);
    await page.getByLabel("Who?").fill(leader.name);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await expect(page.getByRole("row").filter({ hasText: leader.name })).toBeVisible();
    await page.getByRole("link", { name: /^Remove / }).click();
    await page.getByRole("button", { name: /^Remove / }).click();
    await expect(page.getByRole("row").filter({ hasText: leader.name })).toHaveCount(0);
  });
}

test("a member finds none of these pages", async ({ signedIn, watch }) => {
  watch.forgive(/status of 404/);
  const page = await signedIn(member);
  const id = await groupId(page, led.join);
  for (const path of ["", "/new", `/${id}`, `/${id}/members`, `/${id}/roll`]) {
    const answer = await page.goto(`/admin/groups${path}`);
    expect(answer?.status(), path).toBe(404);
  }
});
