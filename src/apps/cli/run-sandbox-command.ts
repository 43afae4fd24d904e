import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationError } from "../../base/errors.ts";
import { systemScheduler, wait } from "../../base/scheduler.ts";
import { parseDuration } from "../../expert/duration.ts";
import { startFakeVenue, type FakeVenue } from "../../sandbox/server/fake-venue.ts";
import { oneOf, parseNumber } from "./arguments.ts";
import type { CliContext } from "./context.ts";

/** What `metaexpert sandbox` is told by flags. */
export interface SandboxFlags {
  readonly market?: string;
  readonly port?: string;
  readonly adminPort?: string;
  readonly seed?: string;
  readonly duration?: string;
}

const MARKETS = ["spot", "linear", "inverse"] as const;

/** `metaexpert sandbox` */
export async function sandboxCommand(flags: SandboxFlags, context: CliContext): Promise<void> {
  const market = flags.market === undefined ? undefined : oneOf("--market", flags.market, MARKETS);
  const seed = wholeNumber("--seed", flags.seed, Number.MAX_SAFE_INTEGER) ?? 1;
  const port = wholeNumber("--port", flags.port, 65_535);
  const adminPort = wholeNumber("--admin-port", flags.adminPort, 65_535);
  if (port !== undefined && port !== 0 && port === adminPort)
    throw new ConfigurationError("--admin-port: it is the same as --port; give another");
  const durationMs = flags.duration === undefined ? Infinity : durationOf(flags.duration);
  const { signal } = context;
  await using venue = await startFakeVenue({
    ...(market === undefined ? {} : { market }),
    seed,
    ...(port === undefined ? {} : { port }),
    ...(adminPort === undefined ? {} : { adminPort }),
  });
  const tokenFile = keepToken(venue, context);
  try {
    announce(venue, { markets: market === undefined ? MARKETS : [market], seed, tokenFile, context });
    await wait(systemScheduler, durationMs, signal);
  } finally {
    rmSync(tokenFile, { force: true });
  }
  if (venue.failures.length > 0)
    context.note(`metaexpert: the sandbox itself has failed ${venue.failures.length} times: ${venue.failures[0] ?? ""}`);
}

function announce(
  venue: FakeVenue,
  {
    markets,
    seed,
    tokenFile,
    context,
  }: { readonly markets: readonly string[]; readonly seed: number; readonly tokenFile: string; readonly context: CliContext },
): void {
  const { url, adminUrl, credentials } = venue;
  const streams = url.replace(/^http/, "ws");
  const { apiKey, apiSecret } = credentials;
  if (context.json) {
    return context.printJsonLine({
      type: "sandbox",
      exchange: "binance",
      markets,
      seed,
      url,
      streams,
      adminUrl,
      adminTokenFile: tokenFile,
      apiKey,
      apiSecret,
    });
  }
  context.print(`Binance ${markets.join(", ")} on this machine: simulated markets (seed ${seed}) and play money.

  HTTP      ${url}
  Streams   ${streams}
  Operator  ${adminUrl}, token in ${tokenFile}

Its key, for programs to copy:

  export BINANCE_API_KEY=${apiKey}
  export BINANCE_API_SECRET=${apiSecret}

Ctrl-C ends it, and with it everything it knows.`);
}

/** The operator's token in a file that only its owner can read. */
function keepToken({ adminToken, adminUrl }: FakeVenue, { home }: CliContext): string {
  const folder = join(home, "sandbox");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `operator-${new URL(adminUrl).port}.token`);
  rmSync(file, { force: true });
  writeFileSync(file, `${adminToken}\n`, { mode: 0o600 });
  return file;
}

function wholeNumber(flag: string, text: string | undefined, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = parseNumber(flag, text);
  if (Number.isInteger(value) && value >= 0 && value <= max) return value;
  throw new ConfigurationError(`${flag}: ${value} is not a whole number from 0 to ${max}`);
}

function durationOf(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    throw new ConfigurationError(`--duration: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
