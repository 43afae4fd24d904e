import { ConfigurationError } from "../base/errors.ts";
import { silentLogger } from "../base/logger.ts";
import type { Fill } from "../domain/fill.ts";
import type { Order } from "../domain/order.ts";
import type { Feed, SessionEvent, StreamInfo } from "../engine/feed.ts";
import type { Journal, NoteRecord, OrderRecord } from "../engine/journal.ts";
import type { VenueTransfer } from "../engine/venue-facts.ts";
import { SilentExchange } from "../engine/silent-exchange.ts";
import type { ExpertDefinition } from "../expert/define.ts";
import type { Disk } from "../operations/disk.ts";
import {
  decodeRecord,
  encodeEvent,
  encodeFill,
  encodeNote,
  encodeOrder,
  encodeState,
  encodeTransfer,
} from "../operations/journal/journal-record.ts";
import { LatestRecords } from "../operations/journal/latest-records.ts";
import { CHAIN_START, nextHash } from "../operations/journal/line.ts";
import { readJournalLines } from "../operations/journal/read-journal.ts";
import { nodeDisk } from "../operations/node-disk.ts";
import type { ReplayedRecord, ReplayResult } from "./run-status.ts";
import { HEADER_STATE, type SessionHeader } from "./session-header.ts";
import { restoredFrom } from "./state.ts";
import { createPaperExchange, createTradingSession } from "./trading-session.ts";

export interface ReplayJob {
  /** Folder of the journal. */
  readonly folder: string;
  /** @default the machine's */
  readonly disk?: Disk;
  /** The expert that the journal was made with, loaded by the file that the journal names. */
  readonly load: (file: string) => Promise<{ readonly definition: ExpertDefinition; readonly sourceHash: string }>;
}

/** Runs every session of a journal once more on what it has recorded, and compares all records one by one. */
export async function replayJournal({ folder, disk = nodeDisk, load }: ReplayJob): Promise<ReplayResult> {
  const recorded = [...readJournalLines(disk, folder)].map(({ json }) => json);
  if (recorded.length === 0)
    throw new ConfigurationError(`${folder} holds no records: give the folder of a journal that a paper or live run has written`);
  const notes: string[] = [];
  const latest = new LatestRecords();
  const state = { at: 0, events: 0, replayedHash: CHAIN_START, difference: undefined as ReplayResult["difference"], expert: "", mode: "" };
  while (state.at < recorded.length && state.difference === undefined) {
    const header = headerAt(recorded, state.at);
    const end = nextHeader(recorded, state.at + 1);
    const { definition, sourceHash } = await load(header.expert.file ?? "");
    if (sourceHash !== header.expert.sourceHash)
      notes.push(`the source of ${header.expert.name} has changed since ${new Date(header.startedAt).toISOString()}`);
    const restored = restoredFrom(latest.kept());
    const stretch = recorded.slice(state.at, end);
    const tape = new Tape(stretch, state.at);
    const isPaper = header.exchange.simulated !== undefined;
    const paper = isPaper ? createPaperExchange(header, restored) : undefined;
    const { name, capabilities } = header.exchange;
    tape.state(HEADER_STATE, header);
    try {
      // A run that was killed may have recorded its header and nothing else.
      const session = createTradingSession({
        header,
        definition,
        exchange: paper ?? new SilentExchange(name, capabilities, header.instruments),
        observer: paper,
        journal: tape,
        restored,
        log: silentLogger,
      });
      await session.run(new TapeFeed(tape, header.streams));
    } catch (error) {
      if (!(error instanceof TapeEnd)) throw error;
    }
    tape.finish();
    for (const json of tape.made) state.replayedHash = nextHash(state.replayedHash, json);
    for (const json of stretch) latest.take({ json, number: 0, isRepeat: false });
    state.expert = header.expert.name;
    state.mode = header.run.mode;
    state.events += tape.events;
    state.difference = tape.difference;
    state.at = end;
  }
  const moments = momentsOf(recorded);
  return {
    records: recorded.length,
    events: state.events,
    recordedHash: recorded.reduce(nextHash, CHAIN_START),
    replayedHash: state.replayedHash,
    isIdentical: state.difference === undefined,
    ...(state.difference === undefined ? {} : { difference: state.difference }),
    expertName: state.expert,
    mode: state.mode,
    ...moments,
    notes,
  };
}

/** The record of the run's own words that a session would make, held against the recorded ones as they come. */
class Tape implements Journal {
  readonly keepsEvents = true;
  readonly made: string[] = [];
  readonly #recorded: readonly string[];
  readonly #offset: number;
  difference: ReplayResult["difference"];
  events = 0;

  constructor(recorded: readonly string[], offset: number) {
    this.#recorded = recorded;
    this.#offset = offset;
  }

  get length(): number {
    return this.made.length;
  }

  get hash(): string {
    return this.made.reduce(nextHash, CHAIN_START);
  }

  /** The next recorded event; undefined when there is none left. */
  nextEvent(): SessionEvent | undefined {
    for (let at = this.made.length; at < this.#recorded.length; at += 1) {
      const json = this.#recorded[at] as string;
      if (!json.startsWith('{"k":"event"')) continue;
      const entry = decodeRecord(json);
      if (entry.kind === "event") return entry.event;
    }
    return undefined;
  }

  event(event: SessionEvent): void {
    this.events += 1;
    this.#make(encodeEvent(event));
  }

  order(record: OrderRecord, time: number, order: Order): void {
    this.#make(encodeOrder(record, time, order));
  }

  fill(fill: Fill): void {
    this.#make(encodeFill(fill));
  }

  transfer(transfer: VenueTransfer): void {
    this.#make(encodeTransfer(transfer));
  }

  note(record: NoteRecord, time: number, text: string, amount: number): void {
    this.#make(encodeNote(record, time, text, amount));
  }

  state(name: string, value: unknown): void {
    this.#make(encodeState(name, value));
  }

  settled(): void {}

  /** Nothing more comes: what is recorded beyond was not made again. */
  finish(): void {
    const at = this.made.length;
    if (this.difference !== undefined || at >= this.#recorded.length) return;
    this.difference = { recorded: shown(this.#offset + at, this.#recorded[at] as string) };
  }

  #make(json: string): void {
    const at = this.made.length;
    const recorded = this.#recorded[at];
    // A run that was killed has recorded a part of its last event.
    if (recorded === undefined) throw new TapeEnd();
    this.made.push(json);
    if (json === recorded) return;
    this.difference = { recorded: shown(this.#offset + at, recorded), replayed: shown(this.#offset + at, json) };
    throw new TapeEnd();
  }
}

/** The end of what is recorded, or of what is alike. */
class TapeEnd extends Error {
  override readonly name = "TapeEnd";
}

class TapeFeed implements Feed {
  readonly streams: readonly StreamInfo[];
  readonly #tape: Tape;

  constructor(tape: Tape, streams: readonly StreamInfo[]) {
    this.#tape = tape;
    this.streams = streams;
  }

  next(): SessionEvent {
    const event = this.#tape.nextEvent();
    if (event === undefined) throw new TapeEnd();
    return event;
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

function headerAt(recorded: readonly string[], at: number): SessionHeader {
  const entry = decodeRecord(recorded[at] as string);
  if (entry.kind === "state" && entry.name === HEADER_STATE) return entry.value as SessionHeader;
  throw new ConfigurationError("the journal does not begin with the beginning of a run: its first segments have been taken away");
}

function nextHeader(recorded: readonly string[], from: number): number {
  const mark = `{"k":"state","n":"${HEADER_STATE}"`;
  const at = recorded.findIndex((json, index) => index >= from && json.startsWith(mark));
  return at < 0 ? recorded.length : at;
}

function shown(index: number, json: string): ReplayedRecord {
  return { index: index + 1, kind: decodeRecord(json).kind, text: json.length > 400 ? `${json.slice(0, 400)}…` : json };
}

function momentsOf(recorded: readonly string[]): { readonly from: number; readonly to: number } {
  const times = recorded.flatMap((json) => {
    const entry = json.startsWith('{"k":"note"') || json.startsWith('{"k":"order"') ? decodeRecord(json) : undefined;
    return entry !== undefined && "time" in entry && entry.time > 0 ? [entry.time] : [];
  });
  return { from: Math.min(...times), to: Math.max(...times) };
}
