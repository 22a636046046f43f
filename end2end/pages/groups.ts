// The list of groups, as a person uses it.

import type { Locator, Page } from "@playwright/test";

export class GroupsPage {
  constructor(readonly page: Page) {}

  /** Opens the list with one group in it. */
  async open(group: string): Promise<void> {
    await this.page.goto(`/groups?search=${encodeURIComponent(group)}`);
  }

  /** The group's name, which leads to its page. */
  link(group: string): Locator {
    return this.page.getByRole("main").getByRole("link", { name: group, exact: true });
  }

  requestToJoin(group: string): Locator {
    return this.button(`Request to join ${group}`);
  }

  join(group: string): Locator {
    return this.button(`Join ${group}`);
  }

  leave(group: string): Locator {
    return this.button(`Leave ${group}`);
  }

  requestToLeave(group: string): Locator {
    return this.button(`Request to leave ${group}`);
  }

  withdraw(group: string): Locator {
    return this.button(`Withdraw your request for ${group}`);
  }

  /** By its whole name: "Join X" is part of "Request to join X". */
  private button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }
}
