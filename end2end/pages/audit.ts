// The audit log of one group.

import type { Locator, Page } from "@playwright/test";
import type { Person } from "../people";

export class AuditPage {
  constructor(readonly page: Page) {}

  async open(groupId: string): Promise<void> {
    await this.page.goto(`/manage/${groupId}/audit`);
  }

  /** The row that says what was done about somebody, and by whom. */
  row(about: Person, kind: string, action: string, by: Person): Locator {
    return this.page
      .getByRole("row")
      .filter({ hasText: about.username })
      .filter({ hasText: kind })
      .filter({ hasText: action })
      .filter({ hasText: by.username });
  }
}
