// What the first visit to the list of groups costs on the wire.

import { expect, live, test } from "../fixtures";
import { member } from "../people";

const KB = 1_000;

test("the first visit stays within its budget", async ({ signedIn }) => {
  const page = await signedIn(member);
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const kinds = new Map<string, string>();
  const bytes = new Map<string, number>();
  session.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? "Other";
    bytes.set(kind, (bytes.get(kind) ?? 0) + encodedDataLength);
  });
  await page.goto("/groups");
  await live(page);

  const of = (...wanted: string[]) => wanted.reduce((sum, kind) => sum + (bytes.get(kind) ?? 0), 0);
  const total = [...bytes.values()].reduce((sum, size) => sum + size, 0);
  console.log(`first visit of /groups: ${total} bytes, ${JSON.stringify(Object.fromEntries(bytes))}`);
  expect(of("Document", "Stylesheet"), "readable and usable").toBeLessThanOrEqual(30 * KB);
  expect(of("Stylesheet"), "style").toBeLessThanOrEqual(20 * KB);
  // ui.md allows 300; what guards the hands on a page (clicks and keys on what has just moved) took 4.7 of them.
  expect(total, "everything").toBeLessThanOrEqual(298 * KB);
});
