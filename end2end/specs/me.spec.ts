// One's own: groups, requests, and what came of them.

import { requestToJoin, send } from "../ask";
import { expect, live, noticed, test } from "../fixtures";
import { groupId } from "../group-id";
import { MePage } from "../pages/me";
import { manager, member } from "../people";

test("a request is seen waiting, ends with the answer, and stays to be looked up", async ({ signedIn }) => {
  const group = "Debating Society";
  const me = new MePage(await signedIn(member));
  const id = await groupId(me.page, group);
  await me.open();
  await live(me.page);

  const request = await requestToJoin(me.page, id, "I argue well.");
  const waiting = me.row("Waiting for a decision", group);
  await expect(waiting).toContainText("I argue well.");

  const decider = await signedIn(manager);
  await decider.goto("/groups");
  await send(decider, "/api/requests/reject", { request, comment: "Not this year." });
  await expect(waiting).toHaveCount(0);
  const past = me.row("Earlier requests", group).first();
  await expect(past).toContainText("Rejected by");
  await expect(past).toContainText("Not this year.");
  await me.page.reload();
  await expect(past).toContainText("Not this year.");
});

test("a request is taken back, and a group is left, and the focus goes on", async ({ signedIn }) => {
  const me = new MePage(await signedIn(member));
  const asked = await groupId(me.page, "Sailing");
  await me.open();
  await live(me.page);
  await requestToJoin(me.page, asked);
  const withdraw = me.page.getByRole("button", { name: "Withdraw your request for Sailing" });
  await expect(withdraw).toBeVisible();
  await noticed(me.page);
  await withdraw.click();
  await expect(me.row("Waiting for a decision", "Sailing")).toHaveCount(0);

  const leave = me.page.getByRole("button", { name: "Leave Juggling" });
  await leave.focus();
  await me.page.keyboard.press("Enter");
  await expect(me.row("Your groups", "Juggling")).toHaveCount(0);
  const focused = await me.page.evaluate(() => document.activeElement?.tagName);
  expect(focused, "something still has the focus").not.toBe("BODY");
});

test("leaving works as a plain form", async ({ signedIn }) => {
  const me = new MePage(await signedIn(member, { javaScriptEnabled: false }));
  await me.open();
  await me.page.getByRole("button", { name: "Leave Baking" }).click();
  await expect(me.page).toHaveURL(/\/me\??$/);
  await expect(me.row("Your groups", "Baking")).toHaveCount(0);
});

test("a group that takes one in appears by itself", async ({ signedIn }) => {
  const me = new MePage(await signedIn(member));
  const id = await groupId(me.page, "Knitting and Noise");
  await me.open();
  await live(me.page);
  await send(me.page, "/api/groups/leave", { group: id });
  await expect(me.row("Your groups", "Knitting and Noise")).toHaveCount(0);
  await send(me.page, "/api/groups/join", { group: id });
  await expect(me.row("Your groups", "Knitting and Noise")).toContainText("without a decision");
});
