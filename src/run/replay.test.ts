import { describe, expect, it } from "vitest";
import { createRandom } from "../base/random.ts";
import type { Expert } from "../expert/expert.ts";
import { openFileJournal } from "../operations/journal/file-journal.ts";
import { SimDisk } from "../sandbox/sim-disk.ts";
import { bar, live, liveDefinition, seconds, stop, time, trade } from "../../test/engine/live-rig.ts";
import { TextJournal } from "../../test/engine/text-journal.ts";
import { VenueRig } from "../../test/engine/venue-rig.ts";
import { defineExpert } from "../expert/define.ts";
import { replayJournal } from "./replay.ts";

const FOLDER = "/state/journal";
const IDENTITY = { strategy: "test" };

/** A disk and the journal that a run writes to it; `close` makes it readable. */
function onDisk() {
  const disk = new SimDisk(createRandom(1));
  const open = () => openFileJournal({ disk, folder: FOLDER, identity: IDENTITY }).journal;
  return { disk, open };
}

const EVENTS = [
  trade(0.1, 100),
  bar(0, 100),
  trade(1.1, 101),
  ...seconds(1.1, 1.2),
  bar(1, 101),
  trade(2.2, 99),
  bar(2, 99),
  trade(3.1, 104),
  bar(3, 104),
  time(4.5),
  stop(4.6),
];

/** Buys with a stop, now and then, and remembers how often. */
const setup =
  (threshold = 0.6) =>
  (expert: Expert): void => {
    const memory = expert.memory({ bars: 0 });
    expert.onTimer(30, () => void expert.cancelAll());
    expert.onBar("1m", () => {
      memory.bars += 1;
      if (expert.random.next() < threshold) expert.buy({ stopLossPct: 1 });
      else expert.buy({ price: expert.price() - 1 });
    });
  };

/** A journal of two paper runs, the second with what the first has left. */
async function twoPaperRuns() {
  const { disk, open } = onDisk();
  const journal = open();
  const tee = new TextJournal(journal);
  const { restored } = await live([...EVENTS.slice(0, 12), stop(2.25)], setup(), { journal: tee, run: { risk: { maxDrawdownPct: 50 } } });
  await live(EVENTS.slice(12), setup(), { journal: tee, restored, idPrefix: "me2-", run: { risk: { maxDrawdownPct: 50 } } });
  journal.close();
  return { disk, lines: tee.lines };
}

const load =
  (threshold = 0.6, sourceHash = "1") =>
  async () => ({ definition: liveDefinition(setup(threshold)), sourceHash });

describe("the replay of a journal", () => {
  it("makes the same records of two paper runs, to the hash", async () => {
    const { disk, lines } = await twoPaperRuns();
    const result = await replayJournal({ folder: FOLDER, disk, load: load() });
    expect(result).toMatchObject({ isIdentical: true, records: lines.length, expertName: "Live", mode: "paper", notes: [] });
    expect(result.replayedHash).toBe(result.recordedHash);
    expect(result.events).toBe(lines.filter((line) => line.startsWith('{"k":"event"')).length);
  });

  it("shows the first record that a changed expert makes differently, and says that its source has changed", async () => {
    const { disk } = await twoPaperRuns();
    const result = await replayJournal({ folder: FOLDER, disk, load: load(0.01, "2") });
    expect(result.isIdentical).toBe(false);
    expect(result.difference?.recorded?.kind).toBe("order");
    expect(result.difference?.replayed?.text).not.toBe(result.difference?.recorded?.text);
    expect(result.notes[0]).toContain("the source of Live has changed since 2026-01-05T12:00:00.000Z");
  });

  it("shows the first record that an expert which does nothing does not make", async () => {
    const { disk } = await twoPaperRuns();
    const idle = async () => ({ definition: liveDefinition(() => {}), sourceHash: "1" });
    const result = await replayJournal({ folder: FOLDER, disk, load: idle });
    expect([result.isIdentical, result.difference === undefined]).toEqual([false, false]);
  });

  it("of a journal that was cut off at any record comes as far as that, and differs in nothing", async () => {
    const { lines } = await twoPaperRuns();
    for (let cut = 2; cut < lines.length; cut += 3) {
      const { disk, open } = onDisk();
      const journal = open();
      const tee = new TextJournal(journal);
      await live([...EVENTS.slice(0, 12), stop(2.25)], setup(), {
        journal: new CutJournal(tee, cut),
        run: { risk: { maxDrawdownPct: 50 } },
      });
      journal.close();
      const result = await replayJournal({ folder: FOLDER, disk, load: load() });
      expect([cut, result.difference]).toEqual([cut, undefined]);
    }
  });

  it("repeats a run at a real exchange from what the exchange had reported, restarts and lost answers included", async () => {
    const { disk, open } = onDisk();
    const journal = open();
    const trader = (expert: Expert): void => {
      const memory = expert.memory({ seconds: 0 });
      expert.onTimer(5, () => {
        memory.seconds += 5;
        if (memory.seconds % 15 === 5) expert.buy({ stopLossPct: 2, takeProfitPct: 2 });
        else if (memory.seconds % 15 === 10) expert.buy({ price: 49_000 });
        else {
          expert.cancelAll();
          expert.closePosition();
        }
      });
    };
    const rig = new VenueRig({ setup: trader, journal, risk: { stopLossPct: 2 } });
    await rig.start();
    await rig.pass(12_000);
    rig.gateway.fault("submit", { kind: "dropResponse" });
    rig.gateway.copies = 2;
    await rig.pass(20_000);
    rig.kill();
    rig.venue.operator.fund(rig.symbol, 0.0001);
    await rig.pass(5_000);
    await rig.start();
    await rig.pass(31_000);
    journal.close();
    expect(rig.journal.fills.length).toBeGreaterThan(5);
    const definition = defineExpert({ name: "Rig", symbols: [rig.symbol], timeframe: "1m" }, (expert) => {
      expert.onError(() => {});
      trader(expert);
    });
    const result = await replayJournal({ folder: FOLDER, disk, load: async () => ({ definition, sourceHash: "1" }) });
    expect(result.difference).toBeUndefined();
    expect(result).toMatchObject({ isIdentical: true, mode: "live" });
    expect(result.replayedHash).toBe(result.recordedHash);
  });

  it("of an empty folder is refused with what to give instead", async () => {
    const { disk, open } = onDisk();
    open().close();
    await expect(replayJournal({ folder: FOLDER, disk, load: load() })).rejects.toThrow("holds no records: give the folder of a journal");
  });
});

/** A journal whose process ends after so many records. */
class CutJournal extends TextJournal {
  readonly #whole: TextJournal;
  readonly #most: number;

  constructor(whole: TextJournal, most: number) {
    super();
    this.#whole = whole;
    this.#most = most;
  }

  #isOver(): boolean {
    return this.#whole.lines.length >= this.#most;
  }

  override event(...args: Parameters<TextJournal["event"]>): void {
    super.event(...args);
    if (!this.#isOver()) this.#whole.event(...args);
  }

  override order(...args: Parameters<TextJournal["order"]>): void {
    super.order(...args);
    if (!this.#isOver()) this.#whole.order(...args);
  }

  override fill(...args: Parameters<TextJournal["fill"]>): void {
    super.fill(...args);
    if (!this.#isOver()) this.#whole.fill(...args);
  }

  override note(...args: Parameters<TextJournal["note"]>): void {
    super.note(...args);
    if (!this.#isOver()) this.#whole.note(...args);
  }

  override state(...args: Parameters<TextJournal["state"]>): void {
    super.state(...args);
    if (!this.#isOver()) this.#whole.state(...args);
  }
}
