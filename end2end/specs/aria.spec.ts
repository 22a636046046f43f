// What the main pages are to those who hear them: landmarks, headings, controls and what these are called.

import { expect, live, test } from "../fixtures";
import { groupId } from "../group-id";
import { leader, led, member, superuser } from "../people";

test("the way in", async ({ page }) => {
  await page.goto("/login");
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - paragraph: Muster
      - heading "Sign in" [level=1]
      - paragraph: Find your groups, ask to join, decide together.
      - text: Username or e-mail
      - textbox "Username or e-mail"
      - text: Password
      - textbox "Password"
      - button "Sign in"
  `);
});

test("the frame of somebody who decides", async ({ signedIn }) => {
  const page = await signedIn(leader);
  await page.goto("/groups");
  await live(page);
  await expect(page.locator("body")).toMatchAriaSnapshot(`
    - link "Skip to the page"
    - banner:
      - link "Muster"
      - button "Search"
      - link /Notifications/
      - navigation "Main":
        - list:
          - listitem:
            - link "Groups"
          - listitem:
            - link "My groups"
          - listitem:
            - link /Requests ?, \\d+ waiting/
          - listitem:
            - link "Manage"
      - 'button "Account: ${leader.name}"'
    - main
  `);
});

test("the list of groups", async ({ signedIn }) => {
  const page = await signedIn(member);
  await page.goto(`/groups?search=${encodeURIComponent(led.join)}`);
  await live(page);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Groups" [level=1]
      - navigation "Which groups":
        - list:
          - listitem:
            - link "All"
          - listitem:
            - link "Joined"
          - listitem:
            - link "Waiting"
          - listitem:
            - link "Open"
      - search "Search":
        - searchbox "Search groups by name"
        - combobox "Order"
      - list:
        - listitem:
          - heading "${led.join}" [level=2]:
            - link "${led.join}"
          - paragraph: /Led by/
          - button "Request to join ${led.join}"
  `);
});

test("a group", async ({ signedIn }) => {
  const page = await signedIn(member);
  await page.goto(`/groups/${await groupId(page, led.join)}`);
  await live(page);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - paragraph:
        - link "All groups"
      - heading "${led.join}" [level=1]
      - heading "You and this group" [level=2]
      - paragraph: You are not a member.
      - heading "To join you need to" [level=3]
      - list:
        - listitem: "Met: have the right to request groups"
        - listitem: "Not met: be approved by a leader"
      - textbox "Why? (optional)"
      - button "Request to join ${led.join}"
      - heading "About" [level=2]
      - heading "Your history" [level=2]
      - heading "Who leads it" [level=2]
      - list
      - heading "What members get" [level=2]
  `);
});

test("one's own groups", async ({ signedIn }) => {
  const page = await signedIn(member);
  await page.goto("/me");
  await live(page);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "My groups" [level=1]
      - navigation "Parts of your account":
        - list:
          - listitem:
            - link "Groups and requests"
          - listitem:
            - link "Profile"
      - heading "Your groups" [level=2]
      - list
      - heading "Earlier requests" [level=2]
  `);
});

test("the account", async ({ signedIn }) => {
  const page = await signedIn(member);
  await page.goto("/me/profile");
  await live(page);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Your profile" [level=1]
      - heading "You" [level=2]
      - heading "Main character" [level=2]
      - heading "Password" [level=2]
      - heading "Where you are signed in" [level=2]
      - heading "API tokens" [level=2]
      - heading "Appearance and language" [level=2]
      - group "Appearance":
        - button "System"
        - button "Light"
        - button "Dark"
      - group "Language":
        - button "English" [pressed]
        - button "Deutsch"
      - heading "What you may do" [level=2]
  `);
});

test("the queue", async ({ signedIn }) => {
  const page = await signedIn(leader);
  await page.goto(`/requests?group=${await groupId(page, led.keyboard)}`);
  await live(page);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Requests" [level=1]
      - navigation "Kind of request":
        - list:
          - listitem:
            - link /Join \\(\\d+\\)/
          - listitem:
            - link /Leave \\(\\d+\\)/
      - form "Narrow the queue":
        - combobox "Group"
        - combobox "Organisation"
      - checkbox /Select all \\d+ shown/
      - list:
        - listitem:
          - checkbox /Select/
          - paragraph:
            - strong
            - text: wants to join
            - link "${led.keyboard}"
          - button /Approve .+’s request to join ${led.keyboard}/
          - button /Reject .+’s request to join ${led.keyboard}/
  `);
});

test("what one manages", async ({ signedIn }) => {
  const page = await signedIn(leader);
  await page.goto("/manage");
  await live(page);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Manage" [level=1]
      - heading "Needs care" [level=2]
      - list:
        - listitem:
          - heading [level=3]:
            - link
          - link /to join/
          - list:
            - listitem:
              - link /Members/
            - listitem:
              - link /Audit log/
  `);
});

test("the members of a group", async ({ signedIn }) => {
  const page = await signedIn(leader);
  await page.goto(`/manage/${await groupId(page, led.join)}/members`);
  await live(page);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - paragraph:
        - link "Manage"
      - heading "Members of ${led.join}" [level=1]
      - paragraph: /\\d+ members/
      - search "Search members by name":
        - searchbox "Search members by name"
        - combobox "Order"
      - table "Members of ${led.join}":
        - rowgroup:
          - row:
            - columnheader "Member"
            - columnheader "Organisation"
            - columnheader "Since"
            - columnheader "How they got in"
            - columnheader "Action"
        - rowgroup:
          - row:
            - cell
            - cell
            - cell
            - cell
            - cell:
              - link /Remove .+ from ${led.join}/
  `);
});

test("the log of a group, and of everything", async ({ signedIn }) => {
  const page = await signedIn(leader);
  await page.goto(`/manage/${await groupId(page, led.join)}/audit`);
  await live(page);
  await expect(page.getByRole("main").getByRole("table")).toMatchAriaSnapshot(`
    - table:
      - rowgroup:
        - row:
          - columnheader "Date/Time (EVE/UTC)"
          - columnheader "Requestor"
          - columnheader "Character"
          - columnheader "Type"
          - columnheader "Action"
          - columnheader "Actor"
          - columnheader "Comment"
      - rowgroup:
        - row
  `);
  const all = await signedIn(superuser);
  await all.goto("/audit");
  await live(all);
  await expect(all.getByRole("main").getByRole("columnheader", { name: "Group" })).toBeVisible();
});

test("notifications, and where there is nothing", async ({ signedIn, watch }) => {
  watch.forgive(/status of 404/);
  const page = await signedIn(member);
  await page.goto("/notifications?show=unread");
  await live(page);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Notifications" [level=1]
      - navigation "Which notifications":
        - list:
          - listitem:
            - link "All"
          - listitem:
            - link /Unread \\(\\d+\\)/
  `);
  await page.goto("/groups/999999");
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "There is nothing here" [level=1]
      - paragraph: /The address leads nowhere/
      - paragraph:
        - link "All groups"
  `);
});
