// Names that are written from right to left: they turn nothing beside them.

import { expect, live, test } from "../fixtures";
import { Api } from "../office";
import { superuser } from "../people";

/** Where the stretches of a text lie, by the words that begin them: from the left to the right as a reader sees them. */
async function seenFromTheLeft(page: import("@playwright/test").Page, selector: string, words: string[]): Promise<string[]> {
  const places = await page.locator(selector).first().evaluate((element, words) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found: [string, number][] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      for (const word of words) {
        const at = node.textContent?.indexOf(word) ?? -1;
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        found.push([word, range.getBoundingClientRect().left]);
      }
    }
    return found;
  }, words);
  return places.sort((a, b) => a[1] - b[1]).map(([word]) => word);
}

test("names from right to left turn nothing beside them", async ({ signedIn, muster }) => {
  const api = new Api(muster);
  const page = await signedIn(superuser);
  const [request] = (await api.call("GET", "/requests?kind=join&limit=1")).items;
  const { group, user } = request;
  await api.call("PATCH", `/groups/${group.id}`, { name: "מועדון 7", description: "שלום 12 אנשים" });
  const leaders = [];
  for (const [username, id] of [["דנה", 901], ["יוסי", 902]] as const) {
    const made = await api.call("POST", "/users", { username, email: `${id}@example.org` });
    await api.call("PUT", `/groups/${group.id}/leaders/${made.id}`);
    leaders.push(username);
  }
  const person = await api.call("GET", `/users/${user.id}`);
  const [character] = person.characters;
  const organisation = (id: number, name: string) => ({ id, name });
  await api.call("PATCH", `/users/${user.id}/characters/${character.id}`, {
    name: "רות",
    corporation: organisation(9_001, "אגודה"),
    alliance: organisation(9_002, "ברית"),
  });

  await page.goto(`/groups/${group.id}`);
  await live(page);
  const prose = page.locator(".prose").first();
  await expect(prose).toHaveAttribute("dir", "auto");
  expect(await prose.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");

  await page.goto(`/groups?search=${encodeURIComponent("מועדון")}`);
  await live(page);
  const row = `#group-${group.id}`;
  // As they are listed, and not the other way round as one stretch of Hebrew would be.
  const listed = (await page.locator(row).innerText()).match(new RegExp(leaders.join("|"), "g")) ?? [];
  expect(await seenFromTheLeft(page, row, leaders)).toEqual(listed);

  await page.goto(`/requests?kind=join&group=${group.id}`);
  await live(page);
  const queued = `#request-${request.id}`;
  expect(await seenFromTheLeft(page, queued, ["אגודה", "ברית"])).toEqual(["אגודה", "ברית"]);
  expect(await seenFromTheLeft(page, `${queued} .request-what`, ["רות", "wants", "מועדון"])).toEqual(["רות", "wants", "מועדון"]);
});
