import type { FaultMatch } from "../../../src/sandbox/faults.ts";
import { between, pick, type Hand, type Kind } from "./kind.ts";

/** The streams of the market, those of the account, or all. */
function target({ view, random }: Hand): FaultMatch | undefined {
  const isSpot = view.instrument.kind === "spot";
  return pick<FaultMatch | undefined>(random, [
    undefined,
    { path: isSpot ? "ws-api" : "/private/" },
    { path: isSpot ? "stream" : "/market/" },
    { path: "/ws" },
  ]);
}

function messages(hand: Hand, verb: "duplicate" | "reorder" | "gap"): void {
  hand.weather({ on: "stream", match: target(hand), verb, times: Infinity }, between(hand.random, 5_000, 60_000));
}

export const STREAM_KINDS = {
  /** Connections that end, and new ones that are refused for a while (F27, F32, F78). */
  closedStreams: { strike: (hand) => hand.weather({ on: "stream", match: target(hand), verb: "close" }) },
  refusedStreams: {
    strike: (hand) => {
      hand.weather(
        { on: "stream", match: target(hand), verb: "refuse", times: Infinity, share: between(hand.random, 0.5, 1) },
        between(hand.random, 3_000, 40_000),
      );
      hand.weather({ on: "stream", match: target(hand), verb: "close" });
    },
  },
  /** Open, and silent (F30, F67). */
  stalledStreams: {
    strike: (hand) => hand.weather({ on: "stream", match: target(hand), verb: "stall", ms: between(hand.random, 3_000, 90_000) }),
  },
  halfOpenStreams: {
    strike: (hand) => hand.weather({ on: "stream", match: target(hand), verb: "halfOpen", ms: between(hand.random, 3_000, 90_000) }),
  },
  /** Messages that come twice, in another order, late or never (F10, F28, F34, F63, F66, F68). */
  doubledMessages: { strike: (hand) => messages(hand, "duplicate") },
  reorderedMessages: { strike: (hand) => messages(hand, "reorder") },
  lostMessages: { strike: (hand) => messages(hand, "gap") },
  lateMessages: {
    strike: (hand) =>
      hand.weather(
        { on: "stream", match: target(hand), verb: "delay", ms: between(hand.random, 50, 4_000), times: Infinity },
        between(hand.random, 5_000, 60_000),
      ),
  },
  /** Keys of private streams run out, private streams are ended with a message (F31, F33). */
  expiredKeys: {
    needsAccount: true,
    strike: ({ act, random }) => act({ act: random.next() < 0.5 ? "expireListenKeys" : "terminateUserStreams" }),
  },
  shutdowns: { strike: ({ act }) => act({ act: "announceShutdown" }) },
  /** The whole exchange begins anew (F39). */
  restarts: { strike: ({ act, random }) => act({ act: "restart", ...(random.next() < 0.3 ? { forgetOlderThanMs: 600_000 } : {}) }) },
} satisfies Record<string, Kind>;
