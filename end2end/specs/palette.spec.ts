// Going anywhere and doing anything by keyboard.

import type { Page } from "@playwright/test";
import { expect, live, test } from "../fixtures";
import { groupId } from "../group-id";
import { leader, led, member, superuser } from "../people";

/** The window: pages have lists to choose from too. */
const palette = (page: Page) => page.getByRole("dialog");

test("a group is found by a part of its name, and opened", async ({ signedIn }) => {
  const page = await signedIn(member);
  await page.goto("/groups");
  await live(page);
  await page.keyboard.press("Control+k");
  const field = palette(page).getByRole("combobox");
  await expect(field).toBeFocused();
  // Word by word, in any order.
  await field.fill("wi logis");
  const option = palette(page).getByRole("option", { name: led.join });
  await expect(option).toHaveAttribute("aria-selected", "true");
  await expect(field).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id")) ?? "");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: led.join })).toBeVisible();
});

for (const latency of [0, 300]) {
  test(`what is typed while it opens for the first time is in its field (${latency} ms away)`, async ({ signedIn }) => {
    const page = await signedIn(superuser);
    await page.goto("/requests");
    await live(page);
    const network = await page.context().newCDPSession(page);
    await network.send("Network.enable");
    const throughput = { downloadThroughput: 1_000_000, uploadThroughput: 1_000_000 };
    await network.send("Network.emulateNetworkConditions", { offline: false, latency, ...throughput });
    await page.keyboard.press("Control+k");
    await page.keyboard.type("a rrb", { delay: 70 });
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("a", { delay: 70 });
    await expect(palette(page).getByRole("combobox")).toHaveValue("a ra");
    await expect(palette(page).getByRole("combobox")).toBeFocused();
    await page.keyboard.type(" x");
    await expect(palette(page).getByRole("combobox")).toHaveValue("a ra x");
  });
}

test("arrows move the choice, Escape leaves, and the focus returns", async ({ signedIn }) => {
  const page = await signedIn(member);
  await page.goto("/groups");
  await live(page);
  const opener = page.getByRole("button", { name: /^Search/ }).first();
  await opener.click();
  const options = palette(page).getByRole("option");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(palette(page).getByRole("combobox")).toHaveCount(0);
  await expect(opener).toBeFocused();
});

test("a person is found by those who may know of them, and by nobody else", async ({ signedIn }) => {
  for (const [person, finds] of [
    [leader, true],
    [member, false],
  ] as const) {
    const page = await signedIn(person);
    await page.goto("/groups");
    await live(page);
    await page.keyboard.press("Control+k");
    const asked = page.waitForResponse((response) => response.url().includes("/api/search/find"));
    // Leila leads groups that Leila is in; to Mika she is nobody in particular.
    await palette(page).getByRole("combobox").fill(leader.username);
    await asked;
    await expect(palette(page).getByRole("option", { name: leader.name })).toHaveCount(finds ? 1 : 0);
    await page.context().close();
  }
});

test("a person is found by a later word of their name, and by several", async ({ signedIn }) => {
  const page = await signedIn(superuser);
  await page.goto("/groups");
  await live(page);
  await page.keyboard.press("Control+k");
  const [first = "", last = ""] = leader.name.toLowerCase().split(" ");
  for (const typed of [last, `${last.slice(0, 4)} ${first.slice(0, 3)}`]) {
    await palette(page).getByRole("combobox").fill(typed);
    await expect(palette(page).getByRole("option", { name: leader.name })).toHaveCount(1);
  }
  await palette(page).getByRole("combobox").fill(`${first} nobody`);
  await expect(palette(page).getByRole("option", { name: leader.name })).toHaveCount(0);
});

test("what the page offers is done from the palette", async ({ signedIn }) => {
  const group = "House Rules Accepted";
  const page = await signedIn(member);
  await page.goto(`/groups?search=${encodeURIComponent(group)}`);
  await page.getByRole("main").getByRole("link", { name: group, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: group })).toBeVisible();
  await live(page);
  const act = async (typed: string, name: string) => {
    await page.keyboard.press("Control+k");
    await palette(page).getByRole("combobox").fill(typed);
    await palette(page).getByRole("option", { name }).click();
  };
  await act("leave", `Leave ${group}`);
  await expect(page.getByText(`You have left ${group}.`)).toBeVisible();
  await act("join hou", `Join ${group}`);
  await expect(page.getByText(`You are now a member of ${group}.`)).toBeVisible();
});

test("a request is asked for from the palette where there is room for the reason", async ({ signedIn }) => {
  const page = await signedIn(member);
  await page.goto(`/groups/${await groupId(page, led.withdraw)}`);
  await live(page);
  await page.keyboard.press("Control+k");
  await palette(page).getByRole("combobox").fill("request to join");
  await palette(page).getByRole("option", { name: `Request to join ${led.withdraw}` }).click();
  await expect(page.getByLabel("Why? (optional)")).toBeFocused();
});

test("the keys of a page are listed, and can be turned off", async ({ signedIn }) => {
  const page = await signedIn(member);
  await page.goto("/groups");
  await live(page);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("?");
  const window = page.getByRole("dialog", { name: "Keys" });
  await expect(window.getByText("Search on this page")).toBeVisible();
  await window.getByRole("checkbox", { name: /^Single keys work/ }).uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(window).toBeHidden();

  await page.reload();
  await live(page);
  await page.keyboard.press("?");
  await expect(window).toBeHidden();
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("button", { name: /^Keys/ }).click();
  await window.getByRole("checkbox", { name: /^Single keys work/ }).check();
  await window.getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("?");
  await expect(window).toBeVisible();
});
