// The admin area has servers of its own: what is tried there would move the ground under other tests.

import { test as shared, expect, live } from "./fixtures";
import { Muster, run } from "./muster";
import { PASSWORD, type Person, superuser } from "./people";

export const test = shared.extend<{}, { muster: Muster }>({
  muster: [
    async ({}, use) => {
      const muster = await Muster.serve(process.env.MUSTER_DEMO_DATA);
      await use(muster);
      await muster.discard();
    },
    { scope: "worker" },
  ],
});

/** A way to the API of a server, in the name of its superuser. */
export class Api {
  private readonly token: string;

  constructor(private readonly muster: Muster) {
    this.token = run(muster.dataDir, ["token", "create", superuser.username]).trim();
  }

  /** Calls it; fails the test where it refuses. */
  async call(method: string, path: string, body?: unknown): Promise<any> {
    const headers: Record<string, string> = { authorization: `Bearer ${this.token}` };
    if (body !== undefined) headers["content-type"] = "application/json";
    const answer = await fetch(`${this.muster.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
    const text = await answer.text();
    expect(answer.ok, `${method} ${path}: ${text}`).toBe(true);
    return text === "" ? undefined : JSON.parse(text);
  }

  /** Somebody of the staff who holds nothing but these permissions. */
  async officer(username: string, ...permissions: string[]): Promise<Person> {
    const args = ["user", "create", username, "--staff", "--password-stdin"];
    run(this.muster.dataDir, args, `${PASSWORD}\n`);
    const found = await this.call("GET", `/users?q=${username}`);
    const id = found.items.find((user: { username: string }) => user.username === username).id;
    for (const permission of permissions) await this.call("PUT", `/users/${id}/permissions/${permission}`);
    return { username, name: username };
  }
}

export { expect, live };
