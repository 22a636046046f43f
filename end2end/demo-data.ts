// Makes the demo data once; every server of the tests starts from a copy.

import { rmSync } from "node:fs";
import { freshFolder, run } from "./muster";

export default function makeDemoData(): () => void {
  const folder = freshFolder();
  run(folder, ["seed-demo"]);
  process.env.MUSTER_DEMO_DATA = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
