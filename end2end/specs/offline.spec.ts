// The server goes away and comes back: the page says so, heals by itself, and is true again at once.

import type { Page } from "@playwright/test";
import { requestToJoin } from "../ask";
import { expect, live, test } from "../fixtures";
import { groupId } from "../group-id";
import { Muster, run } from "../muster";
import { RequestsPage } from "../pages/requests";
import { PASSWORD, leader, led, member } from "../people";

/** How long a page may be wrong after the server answers again, in milliseconds. */
const WITHIN = 2_000;

/** How long the server is away, in milliseconds. */
const AWAY = 5_000;

test("after five seconds without a server the page is true within two, with nothing lost and nothing doubled", async ({
  browser,
  watch,
}) => {
  test.setTimeout(90_000);
  // The browser reports each failed attempt to reconnect; here that is the point.
  watch.forgive(/Failed to load resource|ERR_CONNECTION|net::ERR/);
  const muster = await Muster.serve(process.env.MUSTER_DEMO_DATA);
  try {
    const open = async (username: string): Promise<Page> => {
      const context = await browser.newContext({ baseURL: muster.url });
      watch.over(context, muster.url);
      const form = { username, password: PASSWORD, next: "/groups" };
      await context.request.post("/login", { form, headers: { origin: muster.url } });
      return context.newPage();
    };
    const groups = await open(member.username);
    const id = await groupId(groups, led.join);
    const requests = new RequestsPage(await open(leader.username));
    await requests.open(id);
    await live(requests.page);
    const before = await requests.rows.count();
    const leaving = requests.rows.first();
    const gone = await leaving.getAttribute("id");
    const queue = await requests.page.request.get(`/api/requests/queue?kind=join&group=${id}`);
    const { items } = ((await queue.json()) as { listing: { items: { applicant: { username: string } }[] } }).listing;
    const username = items[0]?.applicant.username ?? "";

    await muster.stop();
    await expect(requests.page.getByText(/Reconnecting…|Offline – showing what was true at/)).toBeVisible();
    // Somebody loses their account while nobody can be told: what they have asked for is closed.
    run(muster.dataDir, ["user", "deactivate", username]);
    await requests.page.waitForTimeout(AWAY);
    await muster.start();
    const back = Date.now();
    const asked = requestToJoin(groups, id, "While you were away.");
    await expect(requests.page.locator("html")).toHaveAttribute("data-live", "live");
    await expect(requests.approve(member, led.join)).toHaveCount(1);
    console.log(`true again after ${Date.now() - back} ms`);
    expect(Date.now() - back, "milliseconds until the page is true").toBeLessThan(WITHIN);
    await asked;
    await expect(requests.page.getByText(/Reconnecting…|Offline –/)).toBeHidden();
    await expect(requests.page.locator(`#${gone}`), "what was closed meanwhile is gone").toHaveCount(0, { timeout: 10_000 });
    await expect(requests.rows).toHaveCount(before);
    await groups.context().close();
    await requests.page.context().close();
  } finally {
    await muster.discard();
  }
});
