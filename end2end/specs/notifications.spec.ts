// What one is told: at once, once, and until it is read.

import { requestToJoin, send } from "../ask";
import { expect, live, test } from "../fixtures";
import { groupId } from "../group-id";
import { NotificationsPage } from "../pages/notifications";
import { manager, member } from "../people";

const GROUP = "Library Friends";
const APPROVED = `${manager.username} approved your request to join ${GROUP}.`;

test("a decision rings the bell, is told with the answer, and is read once it is followed", async ({ signedIn }) => {
  const notifications = new NotificationsPage(await signedIn(member));
  const id = await groupId(notifications.page, GROUP);
  await notifications.open();
  await live(notifications.page);
  const request = await requestToJoin(notifications.page, id);

  const decider = await signedIn(manager);
  await decider.goto("/groups");
  await send(decider, "/api/requests/approve", { request, comment: "Bring your own mug." });
  await expect(notifications.bell).toHaveAccessibleName(/, \d+ unread$/);
  const row = notifications.row(APPROVED);
  await expect(row).toContainText("Bring your own mug.");
  await expect(row.getByRole("link")).toHaveText(APPROVED);

  await row.getByRole("link").click();
  await expect(notifications.page.getByRole("heading", { level: 1, name: GROUP })).toBeVisible();
  await notifications.open("unread");
  await expect(notifications.row(APPROVED)).toHaveCount(0);
  await notifications.open();
  await expect(notifications.row(APPROVED)).toBeVisible();
});

test("everything is marked as read at once, without JavaScript too", async ({ signedIn }) => {
  const notifications = new NotificationsPage(await signedIn(member, { javaScriptEnabled: false }));
  const id = await groupId(notifications.page, "Repair Cafe");
  const request = await requestToJoin(notifications.page, id);
  const decider = await signedIn(manager);
  await decider.goto("/groups");
  await send(decider, "/api/requests/reject", { request, comment: "" });

  await notifications.open("unread");
  await expect(notifications.row(`${manager.username} rejected your request to join Repair Cafe.`)).toBeVisible();
  await notifications.page.getByRole("button", { name: "Mark all as read" }).click();
  await expect(notifications.page.getByText("You have read everything.")).toBeVisible();
  await expect(notifications.bell).toHaveAccessibleName("Notifications");
});
