// What every test gets: a server with the demo data, people who are signed in, and a watch over their browsers.
//
// A test fails on any error in a console, any exception on a page, and any request to another host, whatever else it
// looks at.

import { type Browser, type BrowserContext, type BrowserContextOptions, type Page, expect, test as base } from "@playwright/test";
import { Muster } from "./muster";
import { PASSWORD, type Person } from "./people";

/** Notes what must not happen in a browser. */
export class Watch {
  private readonly problems: string[] = [];
  private readonly forgiven: RegExp[] = [];

  /** Watches a context. Only this origin may be asked for anything. */
  over(context: BrowserContext, origin: string): void {
    context.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") {
        this.note(`console: ${message.text()} (${message.location().url})`);
      }
    });
    context.on("weberror", (error) => this.note(`exception: ${error.error().stack ?? error.error().message}`));
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith("http") && url.origin !== origin) this.note(`request to another host: ${url.href}`);
    });
  }

  /** From now on this is expected, in a test that makes it happen. */
  forgive(pattern: RegExp): void {
    this.forgiven.push(pattern);
  }

  private note(problem: string): void {
    if (!this.forgiven.some((pattern) => pattern.test(problem))) this.problems.push(problem);
  }

  /** Fails the test if there was anything. */
  check(): void {
    expect(this.problems, "nothing went wrong in the browsers").toEqual([]);
  }
}

/** Opens a page as somebody; each call is another browser as far as the server can tell. */
export type SignedIn = (person: Person, options?: BrowserContextOptions) => Promise<Page>;

/** Cookies by username: nobody signs in twice, because attempts are limited. */
type Cookies = Map<string, Awaited<ReturnType<BrowserContext["storageState"]>>>;

/** The server that the tests of one file share; the next file has another, so that no file finds what one left behind. */
class ServerOfFile {
  private file = "";
  private served: { muster: Muster; cookies: Cookies } | undefined;

  async serve(file: string): Promise<{ muster: Muster; cookies: Cookies }> {
    if (this.served === undefined || this.file !== file) {
      await this.discard();
      this.served = { muster: await Muster.serve(process.env.MUSTER_DEMO_DATA), cookies: new Map() };
      this.file = file;
    }
    return this.served;
  }

  async discard(): Promise<void> {
    await this.served?.muster.discard();
    this.served = undefined;
  }
}

interface TestFixtures {
  watch: Watch;
  /** Serves the demo data, one copy for all tests of a file. */
  muster: Muster;
  cookies: Cookies;
  signedIn: SignedIn;
}

export const test = base.extend<TestFixtures, { serverOfFile: ServerOfFile }>({
  serverOfFile: [
    async ({}, use) => {
      const server = new ServerOfFile();
      await use(server);
      await server.discard();
    },
    { scope: "worker" },
  ],
  muster: async ({ serverOfFile }, use, { file }) => use((await serverOfFile.serve(file)).muster),
  cookies: async ({ serverOfFile }, use, { file }) => use((await serverOfFile.serve(file)).cookies),

  baseURL: async ({ muster }, use) => use(muster.url),

  watch: [
    async ({}, use) => {
      const watch = new Watch();
      await use(watch);
      watch.check();
    },
    { auto: true },
  ],

  context: async ({ context, baseURL, watch }, use) => {
    watch.over(context, baseURL ?? "");
    await use(context);
  },

  signedIn: async ({ browser, muster, cookies, watch }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (person, options = {}) => {
      const storageState = cookies.get(person.username) ?? (await signIn(browser, muster.url, person));
      cookies.set(person.username, storageState);
      const context = await browser.newContext({ ...options, baseURL: muster.url, storageState });
      watch.over(context, muster.url);
      opened.push(context);
      return context.newPage();
    });
    for (const context of opened) await context.close();
  },
});

/** Signs in by the form's request; the form itself is the subject of sign-in.spec.ts. */
async function signIn(browser: Browser, url: string, person: Person) {
  const context = await browser.newContext({ baseURL: url });
  const answer = await context.request.post("/login", {
    form: { username: person.username, password: PASSWORD, next: "/groups" },
    headers: { origin: url },
    maxRedirects: 0,
  });
  expect(answer.headers().location, `${person.username} is signed in`).toBe("/groups");
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Waits until the page is hydrated and its stream is open. */
export async function live(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-live", "live");
}

/** Waits as long as somebody needs to see what has changed: a click before that was aimed at what was there before. */
export async function noticed(page: Page): Promise<void> {
  await page.waitForTimeout(750);
}

export { expect };
