// How the browser tests run: on the release binary, in the Chromium of the machine, once. A test that fails now and
// then is a defect of the code or of the test, so nothing is tried again.

import { defineConfig, devices } from "@playwright/test";

export default defineConfig({
  testDir: "specs",
  outputDir: "test-results",
  globalSetup: "./demo-data.ts",
  // Each worker serves its own copy of the demo. One is enough for two processors, and keeps the times honest.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 30_000,
  expect: { timeout: 5_000 },
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.MUSTER_CHROMIUM ?? "/usr/bin/chromium",
      // Without a sandbox because build machines run as root; nothing but our own pages is loaded.
      args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"],
    },
  },
});
