import { Box } from "ink";
import { createElement, type ReactElement } from "react";
import type { RunStatus } from "../../run/run-status.ts";
import { accountPanel, positionPanel } from "./account-panel.ts";
import { eventPanel } from "./event-panel.ts";
import { header, headerHeight } from "./header.ts";
import { orderPanel } from "./order-panel.ts";
import { line, type Frame } from "./paint.ts";

/** Lines that are always there below the header: account, the rules of the other three panels, and the footer. */
const FIXED = 3 + 3 + 1;
const EVENTS_MIN = 3;

/** The whole picture of a run, as high as the frame at most. */
export function screen(status: RunStatus, frame: Frame): ReactElement {
  const rows = shareOut(status, frame.height - headerHeight(status) - FIXED);
  return createElement(
    Box,
    { flexDirection: "column", width: frame.width, height: frame.height, overflow: "hidden" },
    header(status, frame),
    accountPanel(status, frame),
    positionPanel(status, frame, rows.positions),
    orderPanel(status, frame, rows.orders),
    eventPanel(status, frame, rows.events),
    createElement(Box, { flexGrow: 1 }),
    footer(status, frame),
  );
}

interface Rows {
  readonly positions: number;
  readonly orders: number;
  readonly events: number;
}

/** Shares the free lines out: positions and orders get what they need as long as a few events can be seen. */
function shareOut({ positions, orders }: RunStatus, free: number): Rows {
  // A table has a line of titles; without rows there is one line instead.
  const wanted = (count: number): number => (count === 0 ? 1 : count + 1);
  let left = Math.max(0, free - EVENTS_MIN);
  const forPositions = Math.min(wanted(positions.length), Math.max(2, Math.ceil(left / 2)));
  left -= forPositions;
  const forOrders = Math.min(wanted(orders.length), Math.max(2, left));
  return { positions: Math.max(1, forPositions - 1), orders: Math.max(1, forOrders - 1), events: free - forPositions - forOrders };
}

function footer({ phase }: RunStatus, frame: Frame): ReactElement {
  if (phase === "stopped") return line([[" The run has ended.", "faint"]], frame);
  const isEnding = phase === "stopping";
  const long = isEnding
    ? " Stopping: orders in flight are settled. Ctrl-C again ends at once and leaves orders as they are."
    : " Ctrl-C stops the run in order; pressed twice, it ends at once and leaves orders as they are.";
  const short = isEnding ? " Stopping. Ctrl-C again: at once" : " Ctrl-C: stop · twice: at once";
  return line([[long.length <= frame.width ? long : short, isEnding ? "warning" : "faint"]], frame);
}
