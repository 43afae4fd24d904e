/** From the wire to the handler and from a decision to the wire, beside ccxt and a plain C client where a C compiler is there. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTape, recordedTape, writeTape, type FrameKind } from "./frames.ts";
import { loopback, type LoopbackPlace, type LoopbackRound } from "./loopback.ts";
import type { PathResult } from "./measure-path.ts";
import { orderRoad, type OrderRoad, type OrderRoadOptions, type Spread } from "./orders.ts";
import { compile, hasPriority, medianOf, memoryFolder, moduleFile, output } from "./programs.ts";

const ROUNDS = 3;
const RATE = 20_000;
const ORDERS = 500;
const NAMES = {
  c: "plain C",
  ours: "metaexpert, market source",
  expert: "metaexpert, expert with journal",
  json: "JSON.parse, same book",
  ccxt: "ccxt",
} as const;
type Name = keyof typeof NAMES;

interface Goal {
  readonly what: string;
  readonly goal: string;
  readonly measured: string;
  readonly isMet: boolean;
}

export async function run(): Promise<void> {
  const folder = mkdtempSync(join(memoryFolder(), "metaexpert-bench-"));
  const disk = mkdtempSync(join(tmpdir(), "metaexpert-bench-"));
  const goals: Goal[] = [];
  try {
    console.log(
      `Binance's spot frames, Node ${process.versions.node}. ${ROUNDS} rounds in turn, medians of them; ${hasPriority ? "everything measured has real-time priority" : "whatever else the machine does takes part"}.`,
    );
    const programs = { replay: compile(folder, "replay"), sender: compile(folder, "sender"), client: compile(folder, "client") };
    for (const name of ["generated", ...(recordedTape() === undefined ? [] : ["recorded"])])
      inProcess(name, programs.replay, folder, goals);
    const { sender, client } = programs;
    if (sender === undefined || client === undefined) console.log("\nno C compiler: nothing sends over the network here");
    else {
      const tapeFile = join(folder, "generated");
      await overLoopback({ folder, tapeName: "generated", tapeFile, sender, client }, goals);
    }
    await orders(folder, disk, goals);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(disk, { recursive: true, force: true });
  }
  console.log("\n| goal | measured | |\n| --- | ---: | --- |");
  for (const { what, goal, measured, isMet } of goals) console.log(`| ${what}: ${goal} | ${measured} | ${isMet ? "met" : "missed"} |`);
}

/** From memory to the handler: the cost of a frame. */
function inProcess(tapeName: string, replay: string | undefined, folder: string, goals: Goal[]): void {
  const tape = readTape(tapeName);
  const file = join(folder, tapeName);
  writeTape(file, tape);
  const shares = (["depth", "trade", "quote"] as const).map(
    (kind) => `${share(tape.frames.filter((frame) => frame.kind === kind).length / tape.frames.length)} ${kind}`,
  );
  const bytes = tape.frames.filter(({ kind }) => kind === "depth").reduce((sum, frame) => sum + frame.bytes.length, 0);
  const meanBytes = bytes / tape.frames.filter(({ kind }) => kind === "depth").length;
  console.log(
    `\nIn process, ${tape.name}: ${tape.frames.length} frames, ${shares.join(", ")}; a depth frame has ${meanBytes.toFixed(0)} bytes. Microseconds, median / p99.\n`,
  );
  console.log("| way | a frame | thousand frames/s | depth | trade | quote |\n| --- | ---: | ---: | ---: | ---: | ---: |");
  const results = new Map<Name, PathResult[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of ["c", "ours", "json", "ccxt"] as const) {
      if (name === "c" && replay === undefined) continue;
      const result = name === "c" ? replayed(replay as string, file) : measuredPath(name, tapeName);
      results.set(name, [...(results.get(name) ?? []), result]);
    }
  }
  const digests = new Set([...results.values()].flat().map(({ digest }) => digest));
  if (digests.size !== 1) throw new Error(`the ways did not see the same: ${[...digests].join(", ")}`);
  const frame = (name: Name): number => medianOf((results.get(name) ?? []).map(({ median }) => median));
  for (const [name, list] of results) {
    const cell = (kind: FrameKind): string =>
      `${us(medianOf(list.map(({ kinds }) => kinds[kind].median)))} / ${us(medianOf(list.map(({ kinds }) => kinds[kind].p99)))}`;
    console.log(
      `| ${NAMES[name]} | ${us(frame(name))} | ${(1e6 / frame(name)).toFixed(0)} | ${cell("depth")} | ${cell("trade")} | ${cell("quote")} |`,
    );
  }
  const ratio = frame("ccxt") / frame("ours");
  goals.push({
    what: `frames/s on one core, in process, ${tapeName}`,
    goal: "10 times ccxt's",
    measured: `${ratio.toFixed(1)} times`,
    isMet: ratio >= 10,
  });
  const slowest = Math.max(
    ...(["depth", "trade", "quote"] as const).map((kind) => medianOf((results.get("ours") ?? []).map(({ kinds }) => kinds[kind].median))),
  );
  goals.push({
    what: `median from frame to handler, slowest kind, ${tapeName}`,
    goal: "under 2 µs",
    measured: `${us(slowest)} µs`,
    isMet: slowest < 2_000,
  });
}

function measuredPath(name: Name, tapeName: string): PathResult {
  return JSON.parse(output(process.execPath, [...process.execArgv, moduleFile("measure-path"), name, tapeName])) as PathResult;
}

function replayed(program: string, file: string): PathResult {
  const [ns, digest, ...rest] = output(program, [file, "20"]).split(" ").map(Number) as [number, number, ...number[]];
  const kind = (at: number): { readonly median: number; readonly p99: number } => ({ median: rest[at] ?? NaN, p99: rest[at + 1] ?? NaN });
  return { best: ns, median: ns, digest, kinds: { depth: kind(0), trade: kind(2), quote: kind(4) } };
}

/** From another process through a WebSocket on 127.0.0.1 to the handler. */
async function overLoopback(place: LoopbackPlace, goals: Goal[]): Promise<void> {
  const paced = await inTurn(["c", "ours", "expert", "ccxt"], RATE, place);
  const flood = await inTurn(["c", "ours", "expert", "ccxt"], 0, place);
  console.log(
    `\nOver a WebSocket on 127.0.0.1, no compression, ${RATE} frames/s; then as fast as they are taken. Microseconds from send to handler.\n`,
  );
  console.log(
    "| client | p50 | p99 | max | CPU a frame | skipped | most frames/s | CPU a frame then |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
  );
  for (const [name, list] of paced) {
    const full = flood.get(name) ?? [];
    const of = (rounds: readonly LoopbackRound[], field: keyof LoopbackRound): number => medianOf(rounds.map((round) => round[field]));
    console.log(
      `| ${NAMES[name]} | ${of(list, "p50").toFixed(0)} | ${of(list, "p99").toFixed(0)} | ${of(list, "max").toFixed(0)} | ${of(list, "cpu").toFixed(1)} | ${share(of(list, "skipped"))} | ${(of(full, "rate") / 1_000).toFixed(0)} k | ${of(full, "cpu").toFixed(1)} |`,
    );
  }
  console.log("\nSkipped: quotes are for the engine, not for the expert; ccxt hands out only the latest of what has come meanwhile.");
  const p99 = (name: Name): number => medianOf((paced.get(name) ?? []).map((round) => round.p99));
  const rate = (name: Name): number => medianOf((flood.get(name) ?? []).map((round) => round.rate));
  const cpu = (name: Name): number => medianOf((flood.get(name) ?? []).map((round) => round.cpu));
  const rates = rate("ours") / rate("ccxt");
  goals.push({
    what: "frames/s on one core, over the network",
    goal: "10 times ccxt's",
    measured: `${rates.toFixed(1)} times, by CPU ${(cpu("ccxt") / cpu("ours")).toFixed(1)}`,
    isMet: rates >= 10,
  });
  for (const name of ["ours", "expert"] as const) {
    goals.push({
      what: `p99 from send to handler, ${NAMES[name]}`,
      goal: "within 3 times C's",
      measured: `${(p99(name) / p99("c")).toFixed(1)} times`,
      isMet: p99(name) <= 3 * p99("c"),
    });
    goals.push({
      what: `p99 from send to handler, ${NAMES[name]}`,
      goal: "a fifth of ccxt's",
      measured: (p99(name) / p99("ccxt")).toFixed(3),
      isMet: 5 * p99(name) <= p99("ccxt"),
    });
  }
}

async function inTurn(names: readonly Name[], rate: number, place: LoopbackPlace): Promise<ReadonlyMap<Name, readonly LoopbackRound[]>> {
  const results = new Map<Name, LoopbackRound[]>(names.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) for (const name of names) results.get(name)?.push(await loopback(name, rate, place));
  return results;
}

/** From `expert.buy()` to the socket. */
async function orders(folder: string, disk: string, goals: Goal[]): Promise<void> {
  console.log(
    `\nFrom expert.buy() through risk, journal, signature and HTTP on a warm connection, until the system has the bytes, and until another process has them. Microseconds, p50 / p99.\n`,
  );
  console.log("| key, journal | at once, written | after a pause of 1 ms, written | then arrived |\n| --- | ---: | ---: | ---: |");
  for (const keyKind of ["hmac", "ed25519"] as const) {
    for (const journalHome of [folder, disk]) {
      const isSynced = journalHome === disk;
      const at = await ordersInTurn({ keyKind, journalHome, pauseMs: 0, count: ORDERS }, folder);
      const after = await ordersInTurn({ keyKind, journalHome, pauseMs: 1, count: ORDERS }, folder);
      const title = `${keyKind}, ${isSynced ? "on disk with fsync" : "in memory"}`;
      console.log(`| ${title} | ${pair(at.written)} | ${pair(after.written)} | ${pair(after.arrived)} |`);
      if (isSynced) continue;
      for (const [how, { written }] of [
        ["at once", at],
        ["after a pause", after],
      ] as const) {
        goals.push({
          what: `p99 from decision to bytes on the socket, ${keyKind}, ${how}`,
          goal: "under 300 µs without fsync",
          measured: `${written.p99.toFixed(0)} µs`,
          isMet: written.p99 < 300,
        });
      }
    }
  }
}

async function ordersInTurn(options: OrderRoadOptions, folder: string): Promise<OrderRoad> {
  const rounds: OrderRoad[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await orderRoad(options, folder));
  const of = (place: keyof OrderRoad): Spread => ({
    p50: medianOf(rounds.map((one) => one[place].p50)),
    p99: medianOf(rounds.map((one) => one[place].p99)),
  });
  return { written: of("written"), arrived: of("arrived") };
}

function pair({ p50, p99 }: Spread): string {
  return `${p50.toFixed(0)} / ${p99.toFixed(0)}`;
}

function us(ns: number): string {
  return (ns / 1_000).toFixed(2);
}

function share(value: number): string {
  return `${(100 * value).toFixed(0)} %`;
}
