// Every page, opened once: nothing scrolls sideways at any width, light and dark, and axe finds no barrier. The pictures
// in test-results/looks are for people.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { Muster } from "../muster";
import { type Stop, tours, visit, ways } from "../tour";

const SCHEMES = ["light", "dark"] as const;
const WIDTHS = [
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
/** How wide the page is as it is opened. */
const AT_FIRST = { width: 1280, height: 800 };
const SERIOUS = ["serious", "critical"];

/** What sticks out: the page of the window, a button of its card. */
function overhangs(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`the page by ${scrollWidth - clientWidth} px`);
    for (const button of document.querySelectorAll(".card .button, .chosen .button")) {
      const [inner, outer] = [button, button.closest(".card, .chosen")].map((element) => element?.getBoundingClientRect());
      if (!inner || !outer || inner.width === 0) continue;
      const by = Math.max(inner.right - outer.right, outer.left - inner.left);
      if (by > 0.5) found.push(`“${button.textContent?.trim()}” by ${Math.round(by)} px`);
    }
    return found;
  });
}

/** What axe finds that keeps people out, each with the elements it found it on. */
async function barriers(page: Page, scheme: (typeof SCHEMES)[number]): Promise<string[]> {
  // Of all that axe looks for, a theme changes the contrast alone.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
  if (scheme === "dark") axe.withRules("color-contrast");
  const found = await axe.analyze();
  return found.violations
    .filter((violation) => SERIOUS.includes(violation.impact ?? ""))
    .map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

/** Changes the theme, and does not wait for colours that pass over into others. */
async function changeTheme(page: Page, colorScheme: (typeof SCHEMES)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(() => {
    const animations = document.getAnimations();
    for (const animation of animations) if (animation instanceof CSSTransition) animation.finish();
  });
}

/** Opens a page and looks at it in all its forms. */
async function look(page: Page, stop: Stop): Promise<void> {
  await page.setViewportSize(AT_FIRST);
  await page.emulateMedia({ colorScheme: "light" });
  await visit(page, stop);
  for (const colorScheme of SCHEMES) {
    await changeTheme(page, colorScheme);
    await page.setViewportSize(AT_FIRST);
    expect.soft(await barriers(page, colorScheme), `${stop.name}, ${colorScheme}`).toEqual([]);
    for (const viewport of WIDTHS) {
      await page.setViewportSize(viewport);
      expect.soft(await overhangs(page), `what sticks out of ${stop.name} at ${viewport.width}`).toEqual([]);
      await page.screenshot({ path: `test-results/looks/${stop.name}-${viewport.width}-${colorScheme}.png` });
    }
  }
}

test("every page fits and has no barriers", async ({ signedIn, watch, muster }) => {
  test.setTimeout(600_000);
  // A page that does not exist says so in the console too.
  watch.forgive(/status of 404/);
  for (const [person, stops] of await tours(signedIn, muster)) {
    const page = await signedIn(person);
    for (const stop of stops) await look(page, stop);
  }
});

test("every page fits in German", async ({ signedIn, watch, muster }) => {
  test.setTimeout(300_000);
  watch.forgive(/status of 404/);
  for (const [person, stops] of await tours(signedIn, muster)) {
    const page = await signedIn(person, { locale: "de-DE" });
    // What is opened first is found by its English name.
    for (const stop of stops.filter((stop) => stop.open === undefined)) {
      await visit(page, stop);
      for (const viewport of [{ width: 320, height: 640 }, ...WIDTHS]) {
        await page.setViewportSize(viewport);
        expect.soft(await overhangs(page), `what sticks out of ${stop.name} at ${viewport.width}`).toEqual([]);
      }
    }
  }
});

test("every page before signing in fits and has no barriers", async ({ browser, muster, signedIn, watch }) => {
  test.setTimeout(120_000);
  watch.forgive(/status of 404/);
  const empty = await Muster.serve();
  try {
    const there = (await ways(signedIn, muster)).map((stop) => ({ ...stop, path: muster.url + stop.path }));
    const link = await empty.setupLink();
    const setup = [
      { name: "setup", path: link },
      { name: "setup-refused", path: `${link}&problem=username` },
      { name: "setup-without-code", path: `${empty.url}/setup?problem=code` },
    ];
    for (const stop of [...there, ...setup]) {
      const context = await browser.newContext();
      watch.over(context, new URL(stop.path).origin);
      await look(await context.newPage(), stop);
      await context.close();
    }
  } finally {
    await empty.discard();
  }
});
