// What tests of the admin area ask a server beside its pages.

import { expect } from "./fixtures";
import { type Muster, run } from "./muster";
import { PASSWORD, type Person, superuser } from "./people";

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
