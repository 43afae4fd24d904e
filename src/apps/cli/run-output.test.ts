import { expect, test } from "vitest";
import { flat } from "../../../test/terminal/statuses.ts";
import { silentLogger, type Logger } from "../../base/logger.ts";
import { VirtualScheduler } from "../../base/scheduler.ts";
import type { RunEvent, RunHandle } from "../../run/run-status.ts";
import { createContext, type CliContext } from "./context.ts";
import { outputFor, showRun } from "./run-output.ts";

/** A context that keeps what is printed. */
function contextOf(options: { readonly json?: boolean; readonly isTTY?: boolean; readonly env?: Readonly<Record<string, string>> } = {}): {
  readonly context: CliContext;
  readonly printed: string[];
} {
  const printed: string[] = [];
  const stream = { isTTY: options.isTTY ?? false, write: (text: string) => printed.push(text) };
  const { signal } = new AbortController();
  const surroundings = {
    stdout: stream,
    stderr: stream,
    isInputTerminal: false,
    env: options.env ?? {},
    cwd: "/",
    clock: new VirtualScheduler(),
    signal,
  };
  return { context: createContext(surroundings, () => ({ json: options.json ?? false })), printed };
}

/** A run whose events the test makes. */
function runWith(events: RunEvent[]): RunHandle & { changed: () => void } {
  const run = {
    changed: (): void => {},
    status: () => ({ ...flat, events: events.slice(-200) }),
    onChange: (listener: () => void) => {
      run.changed = listener;
      return () => {
        run.changed = () => {};
      };
    },
    stop: () => {},
    done: new Promise<never>(() => {}),
  };
  return run;
}

function eventOf(sequence: number): RunEvent {
  return { sequence, time: Date.UTC(2026, 0, 1) + sequence, kind: "fill", level: "trade", text: `fill ${sequence}` };
}

test("a picture needs a terminal that can draw, and nothing that speaks against it", () => {
  const kinds = [
    outputFor(contextOf({ isTTY: true }).context, true),
    outputFor(contextOf({ isTTY: true }).context, false),
    outputFor(contextOf({ isTTY: true, env: { TERM: "dumb" } }).context, true),
    outputFor(contextOf().context, true),
    outputFor(contextOf({ isTTY: true, json: true }).context, true),
  ];
  expect(kinds).toEqual(["view", "lines", "lines", "lines", "json"]);
});

test("with --json each event is one line, once, and those that went by unseen are counted", async () => {
  const scheduler = new VirtualScheduler();
  const { context, printed } = contextOf({ json: true });
  const events = [eventOf(1), eventOf(2)];
  const run = runWith(events);
  const output = await showRun(run, "json", { context, scheduler, log: silentLogger });
  events.push(eventOf(3));
  run.changed();
  run.changed();
  while (scheduler.step());
  for (let sequence = 4; sequence <= 303; sequence += 1) events.push(eventOf(sequence));
  run.changed();
  await output[Symbol.asyncDispose]();
  const lines = printed.map((text) => JSON.parse(text) as Record<string, unknown>);
  expect(lines.slice(0, 3).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  expect(lines[3]).toEqual({ type: "missed", events: 100 });
  expect(lines.slice(4).map(({ sequence }) => sequence)).toEqual(Array.from({ length: 200 }, (_, at) => at + 104));
  expect(lines[0]).toEqual({ type: "event", sequence: 1, time: "2026-01-01T00:00:00.001Z", kind: "fill", level: "trade", text: "fill 1" });
  expect(printed.every((text) => text.indexOf("\n") === text.length - 1)).toBe(true);
});

test("as lines, one a minute sums up", async () => {
  const scheduler = new VirtualScheduler();
  const said: string[] = [];
  const log: Logger = { ...silentLogger, info: (message) => void said.push(message) };
  const output = await showRun(runWith([]), "lines", { context: contextOf().context, scheduler, log });
  while (scheduler.nextDue <= 10 * 60_000) scheduler.step();
  await output[Symbol.asyncDispose]();
  while (scheduler.step());
  expect(said).toHaveLength(10);
  expect(said[0]).toMatch(/^running; connected; equity 10,000\.00 USDT/);
});
