// Every page at three widths, light and dark: nothing scrolls sideways. The pictures in test-results/looks are for people.

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { Muster } from "../muster";
import { type Stop, tours, visit, ways } from "../tour";

const WIDTHS = [
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1280, height: 800 },
];

/** Opens a page, measures it, and takes its picture. */
async function look(page: Page, stop: Stop, picture: string): Promise<void> {
  await visit(page, stop);
  const overhang = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect.soft(overhang, `pixels that stick out of ${stop.name}`).toBeLessThanOrEqual(0);
  await page.screenshot({ path: picture });
}

for (const viewport of WIDTHS) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`nothing scrolls sideways at ${viewport.width}, ${colorScheme}`, async ({ signedIn, watch, browser, muster }) => {
      test.setTimeout(480_000);
      watch.forgive(/status of 404/);
      const picture = (stop: Stop) => `test-results/looks/${stop.name}-${viewport.width}-${colorScheme}.png`;
      for (const [person, stops] of await tours(signedIn, muster)) {
        const page = await signedIn(person, { viewport, colorScheme });
        for (const stop of stops) await look(page, stop, picture(stop));
      }
      const context = await browser.newContext({ viewport, colorScheme, baseURL: muster.url });
      const visitor = await context.newPage();
      for (const stop of await ways(signedIn, muster)) await look(visitor, stop, picture(stop));
      const empty = await Muster.serve();
      const setup = { name: "setup", path: await empty.setupLink() };
      await look(visitor, setup, picture(setup));
      await empty.discard();
      await context.close();
    });
  }
}
