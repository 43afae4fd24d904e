import type { FaultMatch, RequestVerb } from "../../../src/sandbox/faults.ts";
import { between, pick, type Hand, type Kind } from "./kind.ts";

/** Requests that something goes wrong with: all of them, those about orders, or one way of asking. */
const TARGETS: readonly (FaultMatch | undefined)[] = [
  undefined,
  undefined,
  { path: "rder" },
  { path: "rder", method: "POST" },
  { path: "rder", method: "DELETE" },
  { method: "GET" },
  { path: "Trades" },
  { path: "listenKey" },
];

/** Codes after which nobody knows whether the order exists (F04). */
const UNKNOWN_CODES = [
  { status: 503, code: -1000 },
  { status: 500, code: -1001 },
  { status: 504, code: -1007 },
  { status: 400, code: -1006 },
  { status: 502, code: undefined },
] as const;

function strike({ random, weather }: Hand, verb: RequestVerb): void {
  weather({ on: "request", match: pick(random, TARGETS), times: Infinity, ...verb }, between(random, 5_000, 60_000));
}

export const REQUEST_KINDS = {
  /** Executed, and the answer is lost (F01, F08, F12). */
  lostResponses: { strike: (hand) => strike(hand, { verb: "dropResponse", silent: hand.random.next() < 0.5 }) },
  /** Never arrived (F02). */
  lostRequests: { strike: (hand) => strike(hand, { verb: "dropRequest", reset: hand.random.next() < 0.5 }) },
  /** Slow on the way there or back, also longer than anybody waits (F03, F05, F16). */
  slowRequests: { strike: (hand) => strike(hand, { verb: "delayRequest", ms: between(hand.random, 100, 8_000) }) },
  slowResponses: { strike: (hand) => strike(hand, { verb: "delayResponse", ms: between(hand.random, 100, 8_000) }) },
  /** The connection breaks at once, and the request arrives a little later (F03). */
  lateRequests: {
    strike: ({ view, random, shareMax, until }) => {
      view.world.late.share = between(random, 0.02, shareMax);
      until(between(random, 5_000, 60_000), () => {
        view.world.late.share = 0;
      });
    },
  },
  /** Answers that say nothing, after the order was executed and after it was not (F04, F18). */
  unknownOutcomes: {
    strike: (hand) => {
      const { status, code } = pick(hand.random, UNKNOWN_CODES);
      strike(hand, { verb: "reply", status, ...(code === undefined ? { body: "" } : { code }), executed: hand.random.next() < 0.5 });
    },
  },
  /** A proxy answers (F79). */
  pages: {
    strike: (hand) => {
      const status = pick(hand.random, [200, 403, 502]);
      // What a firewall turns away has gone no further.
      strike(hand, { verb: "html", status, executed: status !== 403 && hand.random.next() < 0.5 });
    },
  },
  brokenAnswers: { strike: (hand) => strike(hand, { verb: "truncate" }) },
  redirects: {
    strike: (hand) => strike(hand, { verb: "redirect", location: "https://elsewhere.invalid/", executed: hand.random.next() < 0.5 }),
  },
  /** Too many requests, a ban, too many orders (F75, F76). */
  rateRefusals: {
    strike: (hand) => {
      const { random } = hand;
      const isBan = random.next() < 0.2;
      const seconds = isBan ? random.integer(10, 60) : random.integer(1, 10);
      const times = random.integer(1, 3);
      // Nothing can be done about anything meanwhile.
      hand.until(times * seconds * 1_000 + 60_000, () => {});
      hand.weather({
        on: "request",
        verb: "reply",
        status: isBan ? 418 : 429,
        code: -1003,
        message: "Too many requests.",
        headers: { "retry-after": String(seconds) },
        executed: false,
        times,
        share: 1,
      });
    },
  },
  /** Orders that are turned down for no reason (F26, F55, F57). */
  refusals: {
    needsAccount: true,
    strike: (hand) => {
      const code = pick(hand.random, [-2010, -2019, -1013, -1111, -1008, -1015]);
      hand.weather(
        {
          on: "request",
          match: { path: "rder", method: "POST" },
          verb: "reply",
          status: code === -1008 ? 503 : 400,
          code,
          executed: false,
          times: Infinity,
        },
        between(hand.random, 5_000, 40_000),
      );
    },
  },
  /** The stop would trigger at once (F45). */
  wouldTrigger: {
    needsAccount: true,
    markets: ["linear", "inverse"],
    strike: ({ weather }) =>
      weather({
        on: "request",
        match: { path: "algoOrder", method: "POST" },
        verb: "reply",
        status: 400,
        code: -2021,
        executed: false,
        share: 1,
        times: 1,
      }),
  },
  /** The order cannot be found, although it is there (F06, F09). */
  notFound: {
    needsAccount: true,
    strike: ({ weather, random }) =>
      weather({
        on: "request",
        match: { path: "rder", method: pick(random, ["GET", "DELETE"]) },
        verb: "reply",
        status: 400,
        code: -2013,
        executed: false,
        share: 1,
        times: random.integer(1, 2),
      }),
  },
} satisfies Record<string, Kind>;
