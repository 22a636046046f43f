// One's own groups, requests and account.

import type { Locator, Page } from "@playwright/test";

export class MePage {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto("/me");
  }

  async openProfile(): Promise<void> {
    await this.page.goto("/me/profile");
  }

  /** The row of a group or request in one of the lists. */
  row(heading: string, group: string): Locator {
    return this.part(heading).getByRole("listitem").filter({ has: this.page.getByRole("link", { name: group, exact: true }) });
  }

  /** A part of the page by its heading. */
  part(heading: string): Locator {
    return this.page
      .locator("section")
      .filter({ has: this.page.getByRole("heading", { level: 2, name: heading, exact: true }) });
  }
}
