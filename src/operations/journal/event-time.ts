import type { SessionEvent } from "../../engine/feed.ts";

/** When an event happened, or began to, in milliseconds since the epoch. */
export function momentOf(event: SessionEvent): number {
  switch (event.kind) {
    case "bars":
      return event.columns.openTime[event.to - 1] ?? -Infinity;
    case "trades":
      return event.columns.time[event.to - 1] ?? -Infinity;
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
