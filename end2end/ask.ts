// Asking and deciding by the forms themselves, for tests about what comes of it.

import { type Page, expect } from "@playwright/test";

/** Sends a form as a page would; fails the test where the server refuses. Answers what came of it. */
export async function send(page: Page, path: string, form: Record<string, string>): Promise<unknown> {
  const origin = new URL(page.url()).origin;
  const answer = await page.request.post(path, { form, headers: { origin, accept: "application/json" } });
  expect(answer.ok(), `${path} ${JSON.stringify(form)}: ${await answer.text()}`).toBe(true);
  return answer.json();
}

/** Asks to join a group and answers the id of the request. */
export async function requestToJoin(page: Page, group: string, reason = ""): Promise<string> {
  const receipt = (await send(page, "/api/groups/join", { group, reason })) as { outcome: { requested: number } };
  return String(receipt.outcome.requested);
}
