// The server goes away and comes back: the page says so, and heals by itself.

import { Muster } from "../muster";
import { PASSWORD, leader, led, member } from "../people";
import { expect, live, test } from "../fixtures";
import { groupId } from "../group-id";
import { GroupsPage } from "../pages/groups";
import { RequestsPage } from "../pages/requests";

test("a lost connection is shown, and what was missed arrives after it", async ({ browser, watch }) => {
  test.setTimeout(90_000);
  // The browser reports each failed attempt to reconnect; here that is the point.
  watch.forgive(/Failed to load resource|ERR_CONNECTION|net::ERR/);
  const muster = await Muster.serve(process.env.MUSTER_DEMO_DATA);
  try {
    const open = async (username: string) => {
      const context = await browser.newContext({ baseURL: muster.url });
      watch.over(context, muster.url);
      const form = { username, password: PASSWORD, next: "/groups" };
      await context.request.post("/login", { form, headers: { origin: muster.url } });
      return context.newPage();
    };
    const groups = new GroupsPage(await open(member.username));
    const requests = new RequestsPage(await open(leader.username));
    await requests.open(await groupId(groups.page, led.join));
    await Promise.all([live(groups.page), live(requests.page)]);

    await muster.stop();
    await expect(requests.page.getByText(/Reconnecting…|Offline – showing what was true at/)).toBeVisible();
    await muster.start();
    await expect(requests.page.locator("html")).toHaveAttribute("data-live", "live", { timeout: 30_000 });
    await expect(requests.page.getByText(/Reconnecting…|Offline –/)).toBeHidden();

    await expect(groups.page.locator("html")).toHaveAttribute("data-live", "live", { timeout: 30_000 });
    await groups.requestToJoin(led.join).click();
    await expect(requests.approve(member, led.join)).toBeVisible();
    await groups.page.context().close();
    await requests.page.context().close();
  } finally {
    await muster.discard();
  }
});
