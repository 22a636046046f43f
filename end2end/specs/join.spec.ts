// The whole way from asking to the audit log, in two browsers.

import { expect, live, test } from "../fixtures";
import { groupId } from "../group-id";
import { AuditPage } from "../pages/audit";
import { GroupsPage } from "../pages/groups";
import { RequestsPage } from "../pages/requests";
import { leader, led, member } from "../people";

const WITHIN_A_SECOND = 1_000;

test("a member asks, the leader sees it at once and approves, the member's button follows", async ({ signedIn }) => {
  const group = led.join;
  const groups = new GroupsPage(await signedIn(member));
  const requests = new RequestsPage(await signedIn(leader));
  const id = await groupId(groups.page, group);
  await requests.open(id);
  await live(groups.page);
  await live(requests.page);
  const approve = requests.approve(member, group);
  await expect(approve).toHaveCount(0);

  const arrived = approve.waitFor().then(() => Date.now());
  const asked = Date.now();
  await groups.requestToJoin(group).click();
  expect((await arrived) - asked, "milliseconds until the request is there").toBeLessThan(WITHIN_A_SECOND);
  await expect(groups.withdraw(group)).toBeVisible();

  const followed = groups.requestToLeave(group).waitFor().then(() => Date.now());
  const decided = Date.now();
  await approve.click();
  expect((await followed) - decided, "milliseconds until the button has changed").toBeLessThan(WITHIN_A_SECOND);
  await expect(approve).toHaveCount(0);

  const audit = new AuditPage(requests.page);
  await audit.open(id);
  await expect(audit.row(member, "Join", "Requested", member).first()).toBeVisible();
  await expect(audit.row(member, "Join", "Accepted", leader).first()).toBeVisible();

  await groups.page.reload();
  await expect(groups.requestToLeave(group)).toBeVisible();
});

test("an open group is joined and left at once", async ({ signedIn }) => {
  const groups = new GroupsPage(await signedIn(member));
  await groups.page.goto("/groups?filter=open");
  await live(groups.page);
  const button = groups.page.getByRole("main").getByRole("button", { name: /^Join / }).first();
  const name = (await button.textContent())?.trim().replace(/^Join\s+/, "") ?? "";
  await button.click();
  await expect(groups.page.getByText(`You are now a member of ${name}.`)).toBeVisible();
  await groups.open(name);
  await live(groups.page);
  await groups.leave(name).click();
  await expect(groups.join(name)).toBeVisible();
});
