/**
 * The real program in a process of its own, trading at a fake venue behind real sockets, and killed. `npm run kills -- --count 500` does it
 * hundreds of times.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FakeVenue } from "../../src/sandbox/server/fake-venue.ts";
import { killAgainAndAgain, startKillingGround } from "./killing.ts";
import { compareAccount, truthOf, unprotected } from "./oracle.ts";
import { Victim, writeProject } from "./victim.ts";

const START_MS_MAX = 40_000;
const END_MS_MAX = 30_000;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "metaexpert-kill-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(["spot", "linear"] as const)(
  "processes that are killed again and again on %s lose nothing, send nothing twice and leave no position bare",
  async (market) => {
    const { violations, starts, orders } = await killAgainAndAgain({ market, count: 6, seed: 7, folder, restMs: 1_000 });
    expect(violations).toEqual([]);
    expect(starts).toBe(7);
    expect(orders).toBeGreaterThan(0);
  },
  120_000,
);

/** A process that has traded, at a venue of its own. */
async function trading(venue: FakeVenue): Promise<Victim> {
  writeProject(folder, "linear", venue.url);
  const victim = new Victim({ folder, market: "linear", credentials: venue.credentials, seed: 1 });
  expect(await victim.until(() => victim.events.some(({ kind }) => kind === "order"), START_MS_MAX), victim.stderr).toBe(true);
  return victim;
}

describe("a signal that comes while an order is on its way", () => {
  test.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)("%s ends the run in order, with exit code %i and nothing unknown", async (signal, expected) => {
    await using venue = await startKillingGround("linear", 3);
    const victim = await trading(venue);
    victim.signal(signal);
    expect(await victim.until(() => victim.outcome !== undefined, END_MS_MAX), victim.stderr).toBe(true);
    const { code } = await victim.ended;
    expect([code, victim.outcome?.reason, victim.outcome?.failure]).toEqual([expected, "signal", undefined]);
    const { status } = victim.outcome ?? {};
    expect(status?.orders.filter((order) => order.status === "unknown" || order.status === "pending")).toEqual([]);
    const truth = truthOf(venue.sandbox.venues.linear ?? expect.fail(), "BTCUSDT");
    expect(status && compareAccount(truth, status)).toEqual([]);
    expect(status?.orders.map(({ clientOrderId }) => clientOrderId).toSorted()).toEqual(
      truth.orders
        .filter((order) => ["open", "partiallyFilled"].includes(order.status))
        .map(({ clientOrderId }) => clientOrderId)
        .toSorted(),
    );
    expect(unprotected(truth)).toBe(0);
  });
});

test.skipIf(process.platform === "win32")(
  "a process that stood still does not trade on what it sees until both sides have been compared, and then goes on",
  async () => {
    await using venue = await startKillingGround("linear", 4);
    const victim = await trading(venue);
    victim.signal("SIGSTOP");
    // Long enough for the exchange to have much to tell.
    await victim.until(() => false, 8_000);
    const before = victim.events.length;
    victim.signal("SIGCONT");
    const after = (): Victim["events"] => victim.events.slice(before);
    const isCurrent = (): boolean => after().some(({ kind, text }) => kind === "connection" && text.endsWith(": connected"));
    expect(await victim.until(isCurrent, START_MS_MAX)).toBe(true);
    // Why it cannot be trusted may be told otherwise: the connections have noticed the silence too.
    const isConnected = ({ kind, text }: Victim["events"][number]): boolean => kind === "connection" && text.endsWith(": connected");
    const isDoubted = ({ kind, text }: Victim["events"][number]): boolean => kind === "connection" && !text.endsWith(": connected");
    const current = victim.events.findIndex((event, index) => index >= before && isConnected(event));
    const unseen = victim.events.slice(before, current);
    expect(victim.events.slice(0, current).findLast((event) => event.kind === "connection")).toSatisfy(isDoubted);
    expect(unseen.filter(({ kind, text }) => kind === "order" && text.startsWith("sent") && text.includes("(entry)"))).toEqual([]);
    const orders = (): number => after().filter(({ kind }) => kind === "order").length;
    const sofar = orders();
    expect(await victim.until(() => orders() > sofar, START_MS_MAX)).toBe(true);
    victim.signal("SIGTERM");
    const { code } = await victim.ended;
    expect([code, victim.outcome?.failure]).toEqual([143, undefined]);
    const truth = truthOf(venue.sandbox.venues.linear ?? expect.fail(), "BTCUSDT");
    expect(victim.outcome && compareAccount(truth, victim.outcome.status)).toEqual([]);
  },
);
