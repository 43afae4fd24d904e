import { spawn } from "node:child_process";
import { program } from "./process.ts";

/** What a sandbox says of itself with `--json`. */
export interface Announced {
  readonly url: string;
  readonly streams: string;
  readonly adminUrl: string;
  readonly adminTokenFile: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly markets: readonly string[];
}

/** Runs the sandbox, lets a visitor in once it has said where it is, and ends it by a signal. */
export async function visitSandbox(args: readonly string[], visit: (announced: Announced) => Promise<void>): Promise<number | null> {
  const child = spawn(process.execPath, [program, "sandbox", "--json", ...args], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  try {
    const line = await new Promise<string>((resolve) => child.stdout.setEncoding("utf8").once("data", resolve));
    await visit(JSON.parse(line) as Announced);
  } finally {
    child.kill("SIGTERM");
  }
  return ended;
}
