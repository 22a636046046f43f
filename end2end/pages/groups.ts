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
    return this.page.getByRole("button", { name: `Request to join ${group}` });
  }

  join(group: string): Locator {
    return this.page.getByRole("button", { name: `Join ${group}` });
  }

  leave(group: string): Locator {
    return this.page.getByRole("button", { name: `Leave ${group}` });
  }

  requestToLeave(group: string): Locator {
    return this.page.getByRole("button", { name: `Request to leave ${group}` });
  }

  withdraw(group: string): Locator {
    return this.page.getByRole("button", { name: `Withdraw your request for ${group}` });
  }
}
