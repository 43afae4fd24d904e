import type { SessionEvent } from "./feed.ts";

/** When an event began, milliseconds since the epoch: of several rows the first, of bars their open. */
export function firstMomentOf(event: SessionEvent): number {
  switch (event.kind) {
    case "bars":
      return event.columns.openTime[event.from] ?? -Infinity;
    case "trades":
      return event.columns.time[event.from] ?? -Infinity;
    case "funding":
      return event.funding.time;
    case "book":
      return event.book.time;
    case "quote":
      return event.quote.time;
    case "report":
      return event.report.time;
    case "time":
    case "connection":
    case "stop":
      return event.time;
  }
}

/** The same of the last row. */
export function lastMomentOf(event: SessionEvent): number {
  return event.kind === "bars" || event.kind === "trades" ? firstMomentOf({ ...event, from: event.to - 1 }) : firstMomentOf(event);
}
