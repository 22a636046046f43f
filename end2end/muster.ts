// A process of Muster with data of its own. It is the real binary, started the way an operator starts it.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const BINARY = process.env.MUSTER_BINARY ?? resolve(__dirname, "../target/release/muster");

/** A folder that nobody else uses. */
export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), "muster-e2e-"));
}

/** Runs one administrative command to its end and returns what it printed. */
export function run(dataDir: string, args: string[], input?: string): string {
  return execFileSync(BINARY, [...args, "--data-dir", dataDir], { encoding: "utf8", env: environment(), input });
}

/** Settings of the machine must not reach the process under test. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([key]) => !key.startsWith("MUSTER_"));
  return { ...Object.fromEntries(kept), MUSTER_LOG: "warn" };
}

export class Muster {
  private child: ChildProcess | undefined;
  private said = "";

  private constructor(
    /** Where it keeps its data. */
    readonly dataDir: string,
    private readonly port: number,
  ) {}

  /** Serves a copy of `template`, or an empty database. */
  static async serve(template?: string): Promise<Muster> {
    const dataDir = freshFolder();
    if (template !== undefined) cpSync(template, dataDir, { recursive: true });
    const muster = new Muster(dataDir, await freePort());
    await muster.start();
    return muster;
  }

  /** The origin of its pages. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The page that makes the first account, as the console names it at the first start. */
  async setupLink(): Promise<string> {
    for (const deadline = Date.now() + 10_000; Date.now() < deadline; ) {
      const link = this.said.match(/http:\/\/\S+\/setup\?code=[\w-]+(?=\s)/)?.[0];
      if (link !== undefined) return link;
      await new Promise((later) => setTimeout(later, 20));
    }
    throw new Error(`muster names no page to set it up:\n${this.said}`);
  }

  /** Starts it, again at the same address, and waits until it is ready. */
  async start(): Promise<void> {
    const args = ["serve", "--listen", `127.0.0.1:${this.port}`, "--data-dir", this.dataDir];
    const child = spawn(BINARY, args, { env: environment(), stdio: ["ignore", "pipe", "pipe"] });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (text: Buffer) => (this.said += text.toString()));
    }
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; ) {
      if (child.exitCode !== null) throw new Error(`muster ended with ${child.exitCode}:\n${this.said}`);
      const ready = await fetch(`${this.url}/readyz`).then((answer) => answer.ok).catch(() => false);
      if (ready) return;
      await new Promise((later) => setTimeout(later, 50));
    }
    throw new Error(`muster is not ready after 30 s:\n${this.said}`);
  }

  /** Asks it to stop, as a supervisor does, and waits until it has. */
  async stop(): Promise<void> {
    const child = this.child;
    if (child === undefined || child.exitCode !== null) return;
    const ended = new Promise<void>((done) => child.once("exit", () => done()));
    child.kill("SIGTERM");
    await ended;
    this.child = undefined;
  }

  /** Stops it and throws its data away. */
  async discard(): Promise<void> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** A port that is free now. The moment between asking and using it is short enough for tests. */
function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer().once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address ? found(address.port) : failed(new Error("no port"))));
    });
  });
}
