import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { addDecimals, compareDecimals, formatDecimal, parseDecimal } from "../../base/decimal.ts";
import { DataError } from "../../base/errors.ts";
import { type Instrument, marketOf } from "../../domain/instrument.ts";
import type { InstrumentAddress, SaveInstrumentOptions } from "../archive.ts";
import { addressPath } from "../series-path.ts";
import { hasCode, reasonOf } from "../../base/system-error.ts";
import { clearTemporary, makeFolder, writeDurably } from "./durable-file.ts";
import { withLock } from "./lock.ts";

interface Entry {
  readonly instrument: Instrument;
  /** The steps were guessed from prices. */
  readonly inferred: boolean;
}

/** What is known of instruments: one JSON file per exchange and market, a line per symbol. */
export class InstrumentStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async get(address: InstrumentAddress): Promise<Instrument | undefined> {
    const entries = await readEntries(join(this.#folder(address), FILE));
    return entries.get(address.symbol)?.instrument;
  }

  async save(instruments: readonly Instrument[], { inferred = false }: SaveInstrumentOptions): Promise<void> {
    const byFolder = Map.groupBy(instruments, (instrument) => this.#folder({ ...instrument, market: marketOf(instrument) }));
    for (const [folder, group] of byFolder) {
      await makeFolder(folder);
      await withLock(folder, async () => {
        await clearTemporary(folder);
        const path = join(folder, FILE);
        const entries = await readEntries(path);
        for (const instrument of group) {
          const known = entries.get(instrument.symbol);
          entries.set(instrument.symbol, inferred ? joinGuess(known, instrument) : { instrument, inferred: false });
        }
        await writeDurably(path, [Buffer.from(printEntries(entries))]);
      });
    }
  }

  #folder(address: InstrumentAddress): string {
    return join(this.#root, ...addressPath(address).slice(0, 2));
  }
}

const FILE = "instruments.json";

async function readEntries(path: string): Promise<Map<string, Entry>> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    if (hasCode(cause, "ENOENT", "ENOTDIR")) return "{}";
    throw new DataError(`${path} cannot be read: ${reasonOf(cause)}`, { cause });
  });
  try {
    return new Map(Object.entries(JSON.parse(text) as Record<string, Entry>));
  } catch (cause) {
    throw new DataError(`${path} is damaged; delete it and import the series or the symbol properties again`, { cause });
  }
}

function printEntries(entries: ReadonlyMap<string, Entry>): string {
  const lines = [...entries]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([symbol, entry]) => `${JSON.stringify(symbol)}: ${JSON.stringify(entry)}`);
  return `{\n${lines.join(",\n")}\n}\n`;
}

/** A description wins over a guess; of two guesses the finer steps are kept. */
function joinGuess(known: Entry | undefined, guess: Instrument): Entry {
  if (known === undefined) return { instrument: guess, inferred: true };
  if (!known.inferred) return known;
  const priceStep = finer(known.instrument.priceStep, guess.priceStep);
  const quantityStep = finer(known.instrument.quantityStep, guess.quantityStep);
  return { instrument: { ...known.instrument, priceStep, quantityStep }, inferred: true };
}

function finer(one: string, other: string): string {
  const [left, right] = [parseDecimal(one), parseDecimal(other)];
  return formatDecimal(addDecimals(compareDecimals(left, right) <= 0 ? left : right, { units: 0n, scale: 0 }));
}
