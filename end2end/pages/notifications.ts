// What one is told.

import type { Locator, Page } from "@playwright/test";

export class NotificationsPage {
  constructor(readonly page: Page) {}

  async open(show?: "unread"): Promise<void> {
    await this.page.goto(show ? `/notifications?show=${show}` : "/notifications");
  }

  /** The one that says this. */
  row(sentence: string): Locator {
    return this.page.getByRole("main").getByRole("listitem").filter({ hasText: sentence });
  }

  /** The bell with what it says, such as "Notifications, 1 unread". */
  get bell(): Locator {
    return this.page.getByRole("link", { name: /^Notifications/ });
  }
}
