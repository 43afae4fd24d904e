import { join } from "node:path";
import { moduleFile, Program, quantile, readTimes } from "./programs.ts";

export interface LoopbackRound {
  /** Microseconds from the moment before a frame is written to the moment its handler is called. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Microseconds of processor time that a frame has cost the client, kernel included. */
  readonly cpu: number;
  /** Frames a second that were handled, from the first that counts to the last. */
  readonly rate: number;
  /** Share of frames that were not handed out because a later one had come. */
  readonly skipped: number;
}

export interface LoopbackPlace {
  readonly folder: string;
  readonly tapeName: string;
  readonly tapeFile: string;
  readonly sender: string;
  readonly client: string;
}

/** Frames that only warm a client up. */
const WARM = 20_000;

/** Lets a sender stream the tape to a client, `rate` frames a second, 0 for as fast as they are taken. */
export async function loopback(name: string, rate: number, place: LoopbackPlace): Promise<LoopbackRound> {
  const sentFile = join(place.folder, "sent");
  const handledFile = join(place.folder, "handled");
  const sender = new Program(place.sender, [place.tapeFile, String(rate), sentFile]);
  const port = await sender.line();
  const client =
    name === "c"
      ? new Program(place.client, [place.tapeFile, port, String(WARM), handledFile])
      : new Program(process.execPath, [
          ...process.execArgv,
          moduleFile("measure-client"),
          name,
          place.tapeName,
          port,
          String(WARM),
          handledFile,
        ]);
  try {
    await client.line();
    // What was set up settles.
    await new Promise((resolve) => setTimeout(resolve, 300));
    sender.say("go");
    const [cpu = NaN] = (await client.line()).split(" ").map(Number);
    await sender.line();
    await Promise.all([client.end(), sender.end()]);
    return measured(readTimes(sentFile), readTimes(handledFile), cpu);
  } catch (error) {
    client.kill();
    sender.kill();
    throw error;
  }
}

function measured(sent: BigInt64Array, handled: BigInt64Array, cpuNs: number): LoopbackRound {
  const latencies: number[] = [];
  let first = 0n;
  let last = 0n;
  for (let index = WARM; index < sent.length; index += 1) {
    const at = handled[index] as bigint;
    if (at < 0n) continue;
    latencies.push(Number(at - (sent[index] as bigint)) / 1_000);
    if (first === 0n) first = at;
    if (at > last) last = at;
  }
  const count = sent.length - WARM;
  const sorted = Float64Array.from(latencies).toSorted();
  return {
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    max: quantile(sorted, 1),
    cpu: cpuNs / count / 1_000,
    rate: count / (Number(last - first) / 1e9),
    skipped: 1 - latencies.length / count,
  };
}
