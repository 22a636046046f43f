// The queue of those who decide.

import type { Locator, Page } from "@playwright/test";
import type { Person } from "../people";

export class RequestsPage {
  constructor(readonly page: Page) {}

  /** Opens the requests for one group, those to join or those to leave. */
  async open(groupId: string, kind: "join" | "leave" = "join"): Promise<void> {
    await this.page.goto(`/requests?kind=${kind}&group=${groupId}`);
  }

  /** The requests that are shown. */
  get rows(): Locator {
    return this.page.getByRole("main").locator("#queue > li");
  }

  approve(person: Person, group: string): Locator {
    return this.decision("Approve", person, group);
  }

  reject(person: Person, group: string): Locator {
    return this.decision("Reject", person, group);
  }

  private decision(verb: string, person: Person, group: string): Locator {
    return this.page.getByRole("button", { name: `${verb} ${person.name}’s request to join ${group}`, exact: true });
  }
}
