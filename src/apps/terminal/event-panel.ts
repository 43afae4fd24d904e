import type { ReactElement } from "react";
import type { RunEvent, RunStatus } from "../../run/run-status.ts";
import { clockText } from "./figures.ts";
import { column, line, rule, type Frame, type Tone } from "./paint.ts";

const MARKS: Readonly<Record<RunEvent["kind"], readonly [mark: string, word: string, tone: Tone]>> = {
  fill: ["●", "fill", "good"],
  order: ["·", "order", "plain"],
  refusal: ["✕", "refused", "warning"],
  connection: ["↔", "link", "accent"],
  account: ["$", "account", "plain"],
  error: ["✕", "error", "bad"],
  note: ["·", "note", "faint"],
};

/** What happened, newest first. */
export function eventPanel({ events }: RunStatus, frame: Frame, rowsMax: number): ReactElement {
  const shown = events.slice(-Math.max(0, rowsMax)).toReversed();
  const lines = shown.map((event) => eventLine(event, frame));
  return column(rule("Last events", frame), ...(lines.length === 0 ? [line([["  nothing yet", "faint"]], frame)] : lines));
}

function eventLine({ time, kind, level, text }: RunEvent, frame: Frame): ReactElement {
  const [mark, word, tone] = MARKS[kind];
  const loud: Tone = level === "error" ? "bad" : level === "warn" ? "warning" : "plain";
  return line(
    [
      [`  ${clockText(time)} `, "faint"],
      [`${mark} ${word.padEnd(8)}`, tone],
      [text.replace(/^refused: /, ""), loud],
    ],
    frame,
  );
}
