import type { Expert } from "./expert.ts";

/** Everything an expert can listen to: the methods of `Expert` whose names start with `on`. */
export type EventName = Extract<keyof Expert, `on${string}`>;

/** All events, in the order in which a run comes to them. */
export const EVENT_NAMES = Object.keys({
  onBacktestInit: true,
  onInit: true,
  onConnection: true,
  onTick: true,
  onBar: true,
  onTimer: true,
  onBook: true,
  onFunding: true,
  onTransaction: true,
  onOrder: true,
  onPosition: true,
  onAccount: true,
  onError: true,
  onStop: true,
  onBacktestStop: true,
  onBacktest: true,
  onBacktestPass: true,
} satisfies Record<EventName, true>) as readonly EventName[];
