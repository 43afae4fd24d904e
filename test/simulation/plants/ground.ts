import { NetworkError } from "../../../src/base/errors.ts";
import { turn } from "../../../src/base/scheduler.ts";
import { Inbox } from "../../../src/engine/inbox.ts";
import { DepthSequence } from "../../../src/exchanges/binance/market/depth-sequence.ts";
import { RateLimiter } from "../../../src/exchanges/transport/rate-limiter.ts";
import type { FileJournal } from "../../../src/operations/journal/file-journal.ts";
import type { Disk } from "../../../src/operations/disk.ts";
import type { OpenState } from "../../../src/run/state.ts";
import { Trust } from "../../../src/run/trust.ts";
import { CANARY_KEY } from "../world.ts";
import { replace, type Plant } from "./plant.ts";

const CALM = { kinds: [], killsPerHour: 0, isPaper: false, isStubborn: false, eagerness: 1, shareMax: 0.5, everyMs: 15_000 } as const;
const FUTURES = { ...CALM, market: "linear", positionMode: "oneWay" } as const;

function withFile(disk: Disk, change: (file: ReturnType<Disk["openAppend"]>) => Partial<ReturnType<Disk["openAppend"]>>): Disk {
  return {
    list: (folder) => disk.list(folder),
    exists: (path) => disk.exists(path),
    size: (path) => disk.size(path),
    read: (path, start, end) => disk.read(path, start, end),
    truncate: (path, size) => disk.truncate(path, size),
    rename: (from, to) => disk.rename(from, to),
    remove: (path) => disk.remove(path),
    makeFolder: (path) => disk.makeFolder(path),
    syncFolder: (path) => disk.syncFolder(path),
    openAppend(path) {
      const file = disk.openAppend(path);
      return {
        get size() {
          return file.size;
        },
        append: (bytes) => file.append(bytes),
        sync: () => file.sync(),
        close: () => file.close(),
        ...change(file),
      };
    },
  };
}

/** The journal with intents that are written down a moment later. */
function late(state: OpenState): OpenState {
  const { journal } = state;
  const wrapped = {
    keepsEvents: true,
    get length() {
      return journal.length;
    },
    get hash() {
      return journal.hash;
    },
    event: journal.event.bind(journal),
    fill: journal.fill.bind(journal),
    note: journal.note.bind(journal),
    state: journal.state.bind(journal),
    settled: journal.settled.bind(journal),
    order(...given: Parameters<FileJournal["order"]>) {
      if (given[0] === "intent") setImmediate(() => journal.order(...given));
      else journal.order(...given);
    },
  };
  return {
    folder: state.folder,
    recovered: state.recovered,
    restored: state.restored,
    startEquity: state.startEquity,
    firstStartedAt: state.firstStartedAt,
    // The run uses it as a journal only.
    journal: wrapped as unknown as FileJournal,
    [Symbol.dispose]: () => state[Symbol.dispose](),
  };
}

/** Mistakes about the disk, the network, the market's data and secrets. */
export const GROUND_PLANTS: readonly Plant[] = [
  {
    name: "does not sync its journal",
    caughtBy: ["I2"],
    mix: FUTURES,
    wiring: () => ({ disk: (disk) => withFile(disk, () => ({ sync: () => {} })) }),
  },
  { name: "writes an intent down after it has sent the order", caughtBy: ["I2", "I1"], mix: FUTURES, wiring: () => ({ state: late }) },
  {
    name: "flips a bit now and then in what it writes",
    caughtBy: ["I18", "alive"],
    mix: { ...FUTURES, killsPerHour: 6 },
    wiring: () => ({
      disk: (disk) => {
        let count = 0;
        return withFile(disk, (file) => ({
          append: (bytes) => {
            count += 1;
            const copy = bytes.slice();
            if (count % 50 === 0) copy[copy.length >> 1] = (copy[copy.length >> 1] ?? 0) ^ 1;
            file.append(copy);
          },
        }));
      },
    }),
  },
  {
    name: "sends quantities and prices off the grid",
    caughtBy: ["I14"],
    mix: FUTURES,
    wiring: () => ({
      source: (source) => ({
        name: source.name,
        instruments: async (symbols) =>
          (await source.instruments(symbols)).map((instrument) => ({ ...instrument, priceStep: "0.00000001", quantityStep: "0.00000001" })),
        history: (symbol, timeframe, range) => source.history(symbol, timeframe, range),
        subscribe: (subscriptions, listener) => source.subscribe(subscriptions, listener),
        [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
      }),
    }),
  },
  {
    name: "trades while it cannot see",
    caughtBy: ["I9"],
    mix: { ...FUTURES, kinds: ["refusedStreams", "stalledStreams"], everyMs: 15_000 },
    patch: () => {
      const undos = (["onSymbol", "onAccount"] as const).map((name) =>
        replace(
          Trust.prototype,
          name,
          (old) =>
            function (this: Trust, ...given: string[]) {
              if (name === "onSymbol" ? given[1] === undefined : given[0] === undefined)
                (old as (...given: unknown[]) => void).apply(this, given);
            },
        ),
      );
      return () => {
        for (const undo of undos) undo();
      };
    },
  },
  {
    name: "goes on with a book that has missed updates",
    caughtBy: ["I10"],
    mix: { ...FUTURES, kinds: ["lostMessages", "jumps"], watchesBook: true, everyMs: 8_000 },
    patch: () =>
      replace(
        DepthSequence.prototype,
        "judge",
        (judge) =>
          function (this: DepthSequence, ...given) {
            const verdict = judge.apply(this, given);
            return verdict === "gap" ? "next" : verdict;
          },
      ),
  },
  {
    name: "handles events more slowly than they come",
    caughtBy: ["I17"],
    mix: { ...FUTURES, isPaper: true, tradesPerSecond: 1 },
    patch: () =>
      replace(
        Inbox.prototype,
        "next",
        (next) =>
          async function (this: Inbox) {
            for (let waited = 0; waited < 20; waited += 1) await turn();
            return await next.call(this);
          },
      ),
  },
  {
    name: "does not keep still when it is told to",
    caughtBy: ["I12"],
    mix: { ...FUTURES, kinds: ["rateRefusals"], everyMs: 10_000 },
    patch: () => replace(RateLimiter.prototype, "penalty", () => () => {}),
  },
  {
    name: "writes the request that has failed into its messages, key and all",
    caughtBy: ["I16"],
    mix: { ...FUTURES, kinds: ["lostResponses"], shareMax: 0.9 },
    wiring: () => ({
      http: (http) => ({
        send: (request) =>
          http.send(request).catch((error: unknown) => {
            throw error instanceof NetworkError ? new NetworkError(JSON.stringify(request), { wasSent: true }) : error;
          }),
        [Symbol.asyncDispose]: () => http[Symbol.asyncDispose](),
      }),
    }),
  },
  {
    name: "sends its key along on paper",
    caughtBy: ["I19"],
    mix: { ...CALM, isPaper: true },
    wiring: () => ({
      http: (http) => ({
        send: (request) => http.send({ ...request, headers: { ...request.headers, "X-MBX-APIKEY": CANARY_KEY } }),
        [Symbol.asyncDispose]: () => http[Symbol.asyncDispose](),
      }),
    }),
  },
];
