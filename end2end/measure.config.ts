// How the browser is measured: as it is tested, with time enough for many rounds. `cargo xtask bench` runs it.

import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

export default defineConfig({ ...tests, testDir: "measures", timeout: 300_000 });
