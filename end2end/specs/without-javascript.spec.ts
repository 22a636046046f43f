// The same way with scripts off: forms and links alone, a reload instead of the feed.

import { expect, test } from "../fixtures";
import { groupId } from "../group-id";
import { AuditPage } from "../pages/audit";
import { GroupsPage } from "../pages/groups";
import { RequestsPage } from "../pages/requests";
import { leader, led, member } from "../people";

const WITHOUT = { javaScriptEnabled: false };

test("asking and deciding work as plain forms", async ({ signedIn }) => {
  const group = led.withoutJavaScript;
  const groups = new GroupsPage(await signedIn(member, WITHOUT));
  const requests = new RequestsPage(await signedIn(leader, WITHOUT));
  const id = await groupId(groups.page, group);

  await groups.requestToJoin(group).click();
  await expect(groups.withdraw(group)).toBeVisible();

  await requests.open(id);
  await requests.approve(member, group).click();
  await expect(requests.page).toHaveURL(/\/requests/);
  await expect(requests.approve(member, group)).toHaveCount(0);

  await groups.open(group);
  await expect(groups.requestToLeave(group)).toBeVisible();

  const audit = new AuditPage(requests.page);
  await audit.open(id);
  await expect(audit.row(member, "Join", "Accepted", leader).first()).toBeVisible();
});

test("a request with a reason is made on the group's own page", async ({ signedIn }) => {
  const page = await signedIn(member, WITHOUT);
  const groups = new GroupsPage(page);
  await groups.open(led.withdraw);
  await groups.link(led.withdraw).first().click();
  await expect(page.getByRole("heading", { level: 1, name: led.withdraw })).toBeVisible();
  await page.getByLabel("Why? (optional)").fill("I know the fittings by heart.");
  await groups.requestToJoin(led.withdraw).click();
  await groups.withdraw(led.withdraw).click();
  await expect(groups.requestToJoin(led.withdraw)).toBeVisible();
});
