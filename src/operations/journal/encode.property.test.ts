// 1. Plain data comes back as it was, to the bit and to the key; 2. so does every kind of event, with its own rows in columns of its own;
// 3. what is not plain data is refused with its place.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BAR_COLUMN_NAMES, type BarColumns } from "../../domain/bar.ts";
import type { TradeColumns } from "../../domain/trade.ts";
import type { BarsEvent, SessionEvent, TradesEvent } from "../../engine/feed.ts";
import { decode, encode } from "./encode.ts";
import { decodeRecord, encodeEvent, encodeNote, encodeState, labelOf } from "./journal-record.ts";

const RUNS = { numRuns: 1_000 };
/** Objects such as literals make. */
function record<Fields extends object>(fields: { readonly [Name in keyof Fields]: fc.Arbitrary<Fields[Name]> }): fc.Arbitrary<Fields> {
  return fc.record<Fields>(fields, { noNullPrototype: true });
}
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("~", "~~", "~NaN", "~n1", "~u", '"~', "\\", '"\\"', "__proto__", "\u2028", "\ud800"),
);
const number = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0, 5e-324, 2 ** 53, 1e21));
const plain = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, number, text, fc.boolean(), fc.constantFrom(null, undefined), fc.bigInt(), tie("list"), tie("object")),
  list: fc.array(tie("value"), { maxLength: 4 }),
  object: fc.dictionary(text, tie("value"), { maxKeys: 4, noNullPrototype: true }),
})).value;

const time = fc.integer({ min: 0, max: 2 ** 42 });
const stream = fc.nat({ max: 3 });
const window = (length: number) =>
  fc
    .tuple(fc.nat({ max: length }), fc.nat({ max: length }))
    .map(([one, other]) => ({ from: Math.min(one, other), to: Math.max(one, other) }));
const column = (length: number) =>
  fc.array(number, { minLength: length + 1, maxLength: length + 1 }).map((values) => Float64Array.from(values));

const bars = fc.nat({ max: 5 }).chain((length) => {
  const [openTime, open, high, low, close, volume] = BAR_COLUMN_NAMES.map(() => column(length)) as [
    Column,
    Column,
    Column,
    Column,
    Column,
    Column,
  ];
  const columns = record({ length: fc.constant(length), openTime, open, high, low, close, volume });
  const facts = { kind: fc.constant("bars" as const), stream, columns, window: window(length) };
  return fc.oneof(record(facts), record({ ...facts, more: fc.boolean() }));
});
type Column = ReturnType<typeof column>;
const trades = fc.nat({ max: 5 }).chain((length) => {
  const takerSide = fc.array(fc.constantFrom(-1, 0, 1), { minLength: length, maxLength: length }).map((sides) => Int8Array.from(sides));
  const id = fc.oneof(fc.constant([]), fc.array(text, { minLength: length, maxLength: length }));
  const columns = record({
    length: fc.constant(length),
    time: column(length),
    price: column(length),
    quantity: column(length),
    takerSide,
    id,
  });
  return record({ kind: fc.constant("trades" as const), stream, columns, window: window(length) });
});

const level = record({ price: number, quantity: number });
const quote = record({ time, bidPrice: number, bidQuantity: number, askPrice: number, askQuantity: number });
const fill = record({ tradeId: text, orderId: text, price: number, quantity: number, tag: fc.option(text, { nil: undefined }) });
const report = fc.oneof(
  record({ kind: fc.constant("accepted"), clientOrderId: text, orderId: text, time }),
  record({ kind: fc.constant("rejected"), clientOrderId: text, reason: text, time, rejectClass: fc.constantFrom("funds", "other") }),
  record({ kind: fc.constantFrom("unknown", "cancelled", "expired", "requestRejected"), clientOrderId: text, reason: text, time }),
  record({ kind: fc.constant("fill"), fill, isComplete: fc.boolean(), time }),
  record({ kind: fc.constant("liquidated"), fill, time }),
  record({ kind: fc.constant("amended"), clientOrderId: text, amendment: fc.oneof(record({}), record({ price: number })), time }),
  record({
    kind: fc.constant("transfer"),
    transfer: record({ id: text, amount: number, symbol: fc.option(text, { nil: undefined }) }),
    time,
  }),
  record({
    kind: fc.constant("drift"),
    symbol: text,
    position: fc.option(record({ entryPrice: number }), { nil: undefined }),
    reason: text,
    time,
  }),
);
const state = record({ exchange: text, status: fc.constant("disconnected"), reason: text });
// The reports carry a part of a fill's fields: encoding asks nothing of them.
const others = fc.oneof(
  record({
    kind: fc.constant("funding"),
    stream,
    funding: fc.oneof(record({ time, rate: number }), record({ time, rate: number, markPrice: number })),
  }),
  record({ kind: fc.constant("book"), stream, book: record({ symbol: text, time, bids: fc.array(level), asks: fc.array(level) }) }),
  record({ kind: fc.constant("quote"), stream, quote }),
  record({ kind: fc.constant("report"), report }),
  record({ kind: fc.constant("time"), time }),
  record({ kind: fc.constant("connection"), time, state, isStale: fc.boolean() }),
  record({ kind: fc.constant("stop"), time, reason: fc.constantFrom("signal", "duration") }),
) as fc.Arbitrary<Exclude<SessionEvent, BarsEvent | TradesEvent>>;

function roundTrip(event: SessionEvent): SessionEvent {
  const json = encodeEvent(event);
  expect(json).not.toContain("\n");
  expect(labelOf(json)).toEqual({ kind: "event", key: "" });
  const entry = decodeRecord(json);
  if (entry.kind !== "event") throw new Error("an event comes back as one");
  return entry.event;
}

describe("encoding", () => {
  it("gives plain data back as it was", () => {
    fc.assert(
      fc.property(plain, (value) => {
        const json = encode(value);
        expect(json).not.toContain("\n");
        expect(decode(json)).toStrictEqual(value);
        // Objects that look alike may differ in the order of their keys: said again, they say the same.
        expect(encode(decode(json))).toBe(json);
      }),
      RUNS,
    );
  });

  it("tells minus zero from zero", () => {
    expect(Object.is(decode(encode(-0)), -0)).toBe(true);
    expect(Object.is(decode(encode({ a: [0] })), -0)).toBe(false);
  });

  it("keeps a key named __proto__ a key", () => {
    const value = JSON.parse('{"__proto__":{"polluted":null}}') as Record<string, unknown>;
    for (const inner of [1, NaN]) {
      Object.defineProperty(value, "__proto__", { value: { polluted: inner }, enumerable: true, writable: true, configurable: true });
      const back = decode(encode(value)) as object;
      expect(Object.keys(back)).toEqual(["__proto__"]);
      expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
    }
  });

  // JSON.parse('{"a":1,"\\\\":2}') makes V8 read "\\n" in that place as a backslash (nodejs/node#63785).
  it("reads a key that JSON escapes as it was written, whatever was read before", () => {
    expect(decode(encode({ a: 1, "\\": 2 }))).toStrictEqual({ a: 1, "\\": 2 });
    expect(JSON.parse('{"a":1,"\\\\":2}')).toStrictEqual({ a: 1, "\\": 2 });
    expect(decode(encode({ a: 1, "\n": 2 }))).toStrictEqual({ a: 1, "\n": 2 });
    expect(encode({ "~": NaN, "\n": 1 })).toBe('{"~007e":"~NaN","~000a":1}');
  });

  it.each([
    [new Map(), "a Map cannot be kept"],
    [{ a: [1, new Date(0)] }, "a Date at a.1 cannot be kept"],
    [{ f: () => 1 }, "a function at f cannot be kept"],
    [{ s: Symbol("s") }, "a symbol at s cannot be kept"],
    [{ columns: new Float64Array(1) }, "a Float64Array at columns cannot be kept"],
  ])("refuses %o with its place", (value, message) => {
    expect(() => encode(value)).toThrow(message);
  });

  it("refuses an object that contains itself", () => {
    const ring: Record<string, unknown> = {};
    ring["ring"] = ring;
    expect(() => encode(ring)).toThrow("an object that contains itself");
  });
});

describe("events", () => {
  it("of bars come back with the rows they were about", () => {
    fc.assert(
      fc.property(bars, ({ window: { from, to }, columns, ...rest }) => {
        const back = roundTrip({ ...rest, columns, from, to }) as BarsEvent;
        const cut = Object.fromEntries(BAR_COLUMN_NAMES.map((name) => [name, columns[name].slice(from, to)])) as unknown as BarColumns;
        expect(back).toStrictEqual({ ...rest, columns: { ...cut, length: to - from }, from: 0, to: to - from });
      }),
      RUNS,
    );
  });

  it("of trades come back with the rows they were about", () => {
    fc.assert(
      fc.property(trades, ({ window: { from, to }, columns, ...rest }) => {
        const back = roundTrip({ ...rest, columns, from, to }) as TradesEvent;
        const { time, price, quantity, takerSide, id } = columns;
        const [times, prices, quantities] = [time.slice(from, to), price.slice(from, to), quantity.slice(from, to)];
        const cut: TradeColumns = {
          length: to - from,
          time: times,
          price: prices,
          quantity: quantities,
          takerSide: takerSide.slice(from, to),
          id: id.slice(from, to),
        };
        expect(back).toStrictEqual({ ...rest, columns: cut, from: 0, to: to - from });
      }),
      RUNS,
    );
  });

  it("of every other kind come back as they were", () => {
    fc.assert(
      fc.property(others, (event) => {
        expect(roundTrip(event)).toStrictEqual(event);
      }),
      RUNS,
    );
  });
});

describe("the label of a record", () => {
  it("is the name of a state, whatever is in it, without reading the rest", () => {
    fc.assert(
      fc.property(text, plain, (name, value) => {
        expect(labelOf(encodeState(name, value))).toEqual({ kind: "state", key: name });
        expect(decodeRecord(encodeState(name, value))).toStrictEqual({ kind: "state", name, value });
      }),
      RUNS,
    );
  });

  it("is the kind of a note", () => {
    fc.assert(
      fc.property(text, number, (words, amount) => {
        const json = encodeNote("refusal", 1, words, amount);
        expect(labelOf(json)).toEqual({ kind: "note", key: "refusal" });
        expect(decodeRecord(json)).toStrictEqual({ kind: "note", record: "refusal", time: 1, text: words, amount });
      }),
      RUNS,
    );
  });
});
