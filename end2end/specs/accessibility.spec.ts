// axe on every page, light and dark.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { Muster } from "../muster";
import { tours, visit, ways } from "../tour";

const SERIOUS = ["serious", "critical"];

/** What axe finds that keeps people out, each with the elements it found it on. */
async function barriers(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).analyze();
  return found.violations
    .filter((violation) => SERIOUS.includes(violation.impact ?? ""))
    .map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`the pages have no barriers, ${colorScheme}`, async ({ signedIn, watch, muster }) => {
    test.setTimeout(480_000);
    // A page that does not exist says so in the console too.
    watch.forgive(/status of 404/);
    for (const [person, stops] of await tours(signedIn, muster)) {
      const page = await signedIn(person, { colorScheme });
      for (const stop of stops) {
        await visit(page, stop);
        expect.soft(await barriers(page), `${stop.name}, ${colorScheme}`).toEqual([]);
      }
    }
  });

  test(`the pages before signing in have no barriers, ${colorScheme}`, async ({ browser, muster, signedIn, watch }) => {
    watch.forgive(/status of 404/);
    const empty = await Muster.serve();
    try {
      const there = (await ways(signedIn, muster)).map((stop) => ({ ...stop, path: muster.url + stop.path }));
      const setup = [
        { name: "setup", path: `${await empty.setupLink()}&problem=username` },
        { name: "setup without the code", path: `${empty.url}/setup?problem=code` },
      ];
      for (const stop of [...there, ...setup]) {
        const context = await browser.newContext({ colorScheme });
        watch.over(context, new URL(stop.path).origin);
        const page = await context.newPage();
        await visit(page, stop);
        expect.soft(await barriers(page), `${stop.name}, ${colorScheme}`).toEqual([]);
        await context.close();
      }
    } finally {
      await empty.discard();
    }
  });
}
