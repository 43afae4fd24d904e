import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { moduleFile, Program, quantile, readTimes } from "./programs.ts";

export interface Spread {
  readonly p50: number;
  readonly p99: number;
}

/** Microseconds from the line before `expert.buy()` to the moment the system has taken the request, and to its arrival in another process. */
export interface OrderRoad {
  readonly written: Spread;
  readonly arrived: Spread;
}

/** Orders that only warm the road up. */
const WARM = 1_000;

export interface OrderRoadOptions {
  readonly keyKind: "hmac" | "ed25519";
  /** Where the journal is kept. */
  readonly journalHome: string;
  /** Milliseconds from an answer to the next order. */
  readonly pauseMs: number;
  readonly count: number;
}

/** Sends orders one after the other; `folder` is for what is measured. */
export async function orderRoad({ keyKind, journalHome, pauseMs, count }: OrderRoadOptions, folder: string): Promise<OrderRoad> {
  const [sentFile, arrivedFile] = [join(folder, "orders"), join(folder, "arrivals")];
  const node = (name: string, args: readonly string[]): Program =>
    new Program(process.execPath, [...process.execArgv, moduleFile(name), ...args]);
  const server = node("order-server", [arrivedFile]);
  const port = await server.line();
  const journal = mkdtempSync(join(journalHome, "journal-"));
  const client = node("measure-orders", [keyKind, journal, port, String(WARM + count), String(pauseMs), sentFile]);
  try {
    await client.line();
    server.say("done");
    await Promise.all([client.end(), server.end()]);
  } catch (error) {
    client.kill();
    server.kill();
    throw error;
  }
  const sent = readTimes(sentFile);
  const arrivals = readTimes(arrivedFile);
  const written: number[] = [];
  const arrived: number[] = [];
  for (let index = WARM; index < arrivals.length; index += 1) {
    const decidedAt = sent[2 * index] as bigint;
    written.push(Number((sent[2 * index + 1] as bigint) - decidedAt) / 1_000);
    arrived.push(Number((arrivals[index] as bigint) - decidedAt) / 1_000);
  }
  return { written: spread(written), arrived: spread(arrived) };
}

function spread(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).toSorted();
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
}
