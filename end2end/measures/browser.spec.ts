// What only a browser can say of how fast Muster is: bytes and times of the first load, and how late a page is.
//
// Each measure is one line of JSON in the file that MUSTER_MEASURES names, for the table of `cargo xtask bench`.

import { appendFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { requestToJoin, send } from "../ask";
import { live, test } from "../fixtures";
import { groupId } from "../group-id";
import { RequestsPage } from "../pages/requests";
import { leader, led, member } from "../people";

const LOADS = 7;
const ROUNDS = 100;

/** Adds a row to the table. */
function note(measure: string, muster: string, aim: string): void {
  console.log(`${measure}: ${muster}`);
  const file = process.env.MUSTER_MEASURES;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ measure, muster, aim })}\n`);
}

/** What so many of a hundred values do not exceed. */
function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * share) / 100))] ?? NaN;
}

/** The present moment on the clock that all browsers of this machine share, in milliseconds. */
const now = () => performance.timeOrigin + performance.now();

interface Load {
  /** On the wire, with headers. */
  bytes: number;
  /** Requests that the network was asked. */
  requests: number;
  /** Milliseconds from the click: the first byte, the first that is drawn, and when the page is live. */
  answered: number;
  drawn: number;
  live: number;
}

/** Opens the list of groups, and says what that took. */
async function load(page: Page): Promise<Load> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  let [bytes, requests] = [0, 0];
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += encodedDataLength > 0 ? 1 : 0;
  });
  await page.goto("/groups");
  await live(page);
  const times = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    const [drawn] = performance.getEntriesByName("first-contentful-paint");
    const [mark] = performance.getEntriesByName("became-live");
    return { answered: navigation?.responseStart ?? NaN, drawn: drawn?.startTime ?? NaN, live: mark?.startTime ?? NaN };
  });
  await session.detach();
  return { bytes, requests, ...times };
}

test("(f) the first load, cold and warm", async ({ signedIn }) => {
  const loads: Record<"cold" | "warm", Load[]> = { cold: [], warm: [] };
  for (let turn = 0; turn < LOADS; turn += 1) {
    // A context of its own has a cache of its own, which is empty.
    const page = await signedIn(member);
    await page.addInitScript(() => {
      const look = (_: unknown, observer?: MutationObserver) => {
        if (document.documentElement?.dataset.live !== "live") return;
        performance.mark("became-live");
        observer?.disconnect();
      };
      new MutationObserver(look).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-live"] });
    });
    loads.cold.push(await load(page));
    loads.warm.push(await load(page));
    await page.close();
  }
  for (const [kind, aim] of [["cold", "≤ 300 kB"], ["warm", "–"]] as const) {
    const of = (value: (load: Load) => number) => percentile(loads[kind].map(value), 50);
    const times = `first byte ${of((it) => it.answered).toFixed(0)} ms, drawn ${of((it) => it.drawn).toFixed(0)} ms, live ${of((it) => it.live).toFixed(0)} ms`;
    const wire = `${(of((it) => it.bytes) / 1_000).toFixed(1)} kB in ${of((it) => it.requests)} requests`;
    note(`(f) first load of /groups in the browser, ${kind}, median of ${LOADS}`, `${wire}; ${times}`, aim);
  }
});

test("(c) from a request to the page of another", async ({ signedIn }) => {
  const [asking, watching] = [await signedIn(member), new RequestsPage(await signedIn(leader))];
  const group = await groupId(asking, led.live);
  await watching.open(group);
  await live(watching.page);
  const [sinceSent, sinceAnswered]: number[][] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    await watching.page.evaluate(() => {
      const rows = () => [...document.querySelectorAll("#queue > li")].map((row) => row.id);
      // A row that was decided stays for some seconds and says so.
      const known = new Set(rows());
      const seen = new Promise<number>((found) => {
        const look = (_: unknown, observer: MutationObserver) => {
          if (rows().every((row) => known.has(row))) return;
          observer.disconnect();
          found(performance.timeOrigin + performance.now());
        };
        new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
      });
      Object.assign(window, { seen });
    });
    const sent = now();
    const request = await requestToJoin(asking, group);
    const answered = now();
    const seen = await watching.page.evaluate(() => (window as unknown as { seen: Promise<number> }).seen);
    sinceSent.push(seen - sent);
    sinceAnswered.push(seen - answered);
    // Who takes it back again and again would have to wait with the next.
    await send(watching.page, "/api/requests/reject", { request, comment: "" });
  }
  const say = (late: number[]) => `p50 ${percentile(late, 50).toFixed(0)} ms, p99 ${percentile(late, 99).toFixed(0)} ms`;
  note("(c) request sent → row in the page of another browser", `${say(sinceSent)} (${ROUNDS} requests)`, "–");
  note("(c) committed and answered → row in the page of another browser", say(sinceAnswered), "–");
});
