// Every page with the longest names there can be, without a blank to break them at, and with what ends an element or a script
// in them: nothing scrolls sideways at any width, nothing of a text becomes an element, and no page fails to come to life.

import { expect, test } from "../fixtures";
import { Api } from "../office";
import { leader, member, superuser } from "../people";
import { tours, visit, ways } from "../tour";

const WIDTHS = [360, 768, 1280, 1920];

/** Ends whatever it may stand in and begins an element of its own. */
const HOSTILE = "</title></script><!--<script><hostile-x/onhostile=1>\"'";

/** A name of that many characters, of the widest letter, with a number that keeps it apart from others. */
function longest(characters: number, id: number): string {
  const start = characters > 100 ? HOSTILE : "</title>";
  return start + `${id}`.padStart(characters - start.length, "W");
}

/** A text of as many characters, with a web address that is as long, and with what scripts of the browser stumble over. */
const WORDS = `https://example.org/${"w".repeat(200)} ${HOSTILE} \u2028{{x}} \u05d3\u05e0\u05d4 \ud83d\udc69\u200d\ud83d\ude80 ${"W".repeat(180)}`;

test("nothing scrolls sideways with the longest names", async ({ signedIn, watch, muster, browser }) => {
  test.setTimeout(480_000);
  watch.forgive(/status of 404/);
  const api = new Api(muster);
  // Whoever looks signs in by their old name.
  const visits = await tours(signedIn, muster);
  const entrances = await ways(signedIn, muster);
  for (const [person] of visits) await (await signedIn(person)).context().close();

  const groups = (await api.call("GET", "/groups?view=all&limit=200")).items;
  for (const group of groups) {
    await api.call("PATCH", `/groups/${group.id}`, { name: longest(150, group.id), description: WORDS });
  }
  const waiting = (await api.call("GET", "/requests?limit=200")).items.map((request: any) => request.user.id);
  const people = [1, 2, 3, ...waiting.slice(0, 12)];
  for (const { username } of [leader, member, superuser]) {
    const found = (await api.call("GET", `/users?q=${username}`)).items;
    people.push(found.find((user: any) => user.username === username).id);
  }
  for (const id of new Set<number>(people)) {
    const user = await api.call("PATCH", `/users/${id}`, { username: longest(150, id), email: `${"w".repeat(200)}${id}@x.org` });
    for (const character of user.characters) {
      const organisation = (kind: number) => ({ id: kind * 1_000_000 + id, name: longest(150, id) });
      await api.call("PATCH", `/users/${id}/characters/${character.id}`, {
        name: longest(150, character.id),
        corporation: organisation(1),
        alliance: organisation(2),
        faction: organisation(3),
      });
    }
  }
  const states = (await api.call("GET", "/states")).items;
  for (const state of states) await api.call("PATCH", `/states/${state.id}`, { name: longest(32, state.id) });
  await api.call("POST", "/reserved-names", { name: longest(150, 7_000), reason: WORDS });

  for (const [person, stops] of visits) {
    const page = await signedIn(person);
    // What prepares a page looks for people by the names they had.
    for (const stop of stops) await measure(page, { ...stop, prepare: undefined });
    await page.context().close();
  }
  const context = await browser.newContext({ baseURL: muster.url });
  const visitor = await context.newPage();
  for (const stop of entrances) await measure(visitor, stop);
  await context.close();
});

/** Opens a page and measures it at every width. */
async function measure(page: import("@playwright/test").Page, stop: import("../tour").Stop): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await visit(page, { ...stop, open: undefined });
  expect.soft(await page.locator("hostile-x, [onhostile]").count(), `elements that a text made of ${stop.name}`).toBe(0);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const sticksOut = await page.evaluate(() => {
      const edge = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= edge) return [];
      const elements = [...document.querySelectorAll("body *")].filter((it) => it.getBoundingClientRect().right > edge + 1);
      return elements.slice(0, 3).map((it) => it.outerHTML.slice(0, 120));
    });
    expect.soft(sticksOut, `what sticks out of ${stop.name} at ${width}`).toEqual([]);
  }
}
