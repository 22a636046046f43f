// What is open stays true by itself.

import { expect, live, noticed, test } from "../fixtures";
import { groupId } from "../group-id";
import { GroupsPage } from "../pages/groups";
import { RequestsPage } from "../pages/requests";
import { leader, led, manager, member } from "../people";

test("two who decide see each other's decisions", async ({ signedIn }) => {
  const group = led.together;
  const groups = new GroupsPage(await signedIn(member));
  const id = await groupId(groups.page, group);
  const [first, second] = [new RequestsPage(await signedIn(leader)), new RequestsPage(await signedIn(manager))];
  await Promise.all([first.open(id), second.open(id)]);
  await Promise.all([live(groups.page), live(first.page), live(second.page)]);

  await groups.requestToJoin(group).click();
  await expect(second.reject(member, group)).toBeVisible();
  await first.reject(member, group).click();
  await expect(second.page.getByText(`Rejected by ${leader.username}, just now`)).toBeVisible();
  await expect(second.reject(member, group)).toHaveCount(0);
  await expect(second.page.getByText(`Rejected by ${leader.username}, just now`)).toHaveCount(0);
  await expect(groups.requestToJoin(group)).toBeVisible();
});

test("a request that is taken back leaves the queue", async ({ signedIn }) => {
  const group = led.live;
  const groups = new GroupsPage(await signedIn(member));
  const requests = new RequestsPage(await signedIn(leader));
  await requests.open(await groupId(groups.page, group));
  await Promise.all([live(groups.page), live(requests.page)]);
  await groups.requestToJoin(group).click();
  await expect(requests.approve(member, group)).toBeVisible();
  await groups.withdraw(group).click();
  await expect(requests.approve(member, group)).toHaveCount(0);
  await expect(groups.requestToJoin(group)).toBeVisible();
});

test("two tabs of one person agree", async ({ signedIn }) => {
  const group = led.live;
  const [one, other] = [new GroupsPage(await signedIn(member)), new GroupsPage(await signedIn(member))];
  await Promise.all([one.open(group), other.open(group)]);
  await Promise.all([live(one.page), live(other.page)]);
  await one.requestToJoin(group).click();
  await expect(other.withdraw(group)).toBeVisible();
  await noticed(other.page);
  await other.withdraw(group).click();
  await expect(one.requestToJoin(group)).toBeVisible();
});
