// Who is in a group, for those who look after it.

import type { Locator, Page } from "@playwright/test";

export class MembersPage {
  constructor(readonly page: Page) {}

  async open(groupId: string, query = ""): Promise<void> {
    await this.page.goto(`/manage/${groupId}/members${query}`);
  }

  /** The members that are shown. */
  get rows(): Locator {
    return this.page.getByRole("main").locator("#members > tr");
  }

  /** The row of one of them. */
  row(name: string): Locator {
    return this.rows.filter({ hasText: name });
  }

  /** The way to remove one of them. */
  remove(name: string): Locator {
    return this.row(name).getByRole("link", { name: /^Remove / });
  }
}
