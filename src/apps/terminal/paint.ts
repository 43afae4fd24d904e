import { Box, Text } from "ink";
import { createElement, type ReactElement, type ReactNode } from "react";

/** What a piece of text means; the terminal's own colours show it, and words say it too. */
export type Tone = "plain" | "strong" | "faint" | "good" | "bad" | "warning" | "accent" | "alarm";

/** How the screen is drawn. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly color: boolean;
}

const COLORED = {
  plain: {},
  strong: { bold: true },
  faint: { dimColor: true },
  good: { color: "green" },
  bad: { color: "red" },
  warning: { color: "yellow" },
  accent: { color: "cyan", bold: true },
  alarm: { color: "red", inverse: true, bold: true },
} as const;

const PLAIN = {
  plain: {},
  strong: { bold: true },
  faint: {},
  good: {},
  bad: {},
  warning: {},
  accent: { bold: true },
  alarm: { inverse: true },
};

/** Text in one tone, cut rather than wrapped. */
export function text(content: string, tone: Tone, { color }: Frame): ReactElement {
  return createElement(Text, { wrap: "truncate-end", ...(color ? COLORED[tone] : PLAIN[tone]) }, content);
}

/** Pieces of one line, each in its tone, cut together at the end of the line. */
export function line(pieces: ReadonlyArray<readonly [content: string, tone: Tone]>, frame: Frame): ReactElement {
  const parts = pieces.map(([content, tone], at) =>
    createElement(Text, { key: at, ...(frame.color ? COLORED[tone] : PLAIN[tone]) }, content),
  );
  return createElement(Text, { wrap: "truncate-end" }, ...parts);
}

/** `─ Title ─────` over the whole width. */
export function rule(title: string, frame: Frame): ReactElement {
  const rest = "─".repeat(Math.max(0, frame.width - title.length - 4));
  return line(
    [
      ["─ ", "faint"],
      [title, "strong"],
      [` ${rest}`, "faint"],
    ],
    frame,
  );
}

export function column(...children: readonly ReactNode[]): ReactElement {
  return createElement(Box, { flexDirection: "column", flexShrink: 0 }, ...children);
}

/** Two things on one line, one at each end. */
export function apart(left: ReactElement, right: ReactElement, { width }: Frame): ReactElement {
  const end = createElement(Box, { flexShrink: 0, marginLeft: 2 }, right);
  return createElement(Box, { width, height: 1, flexShrink: 0, justifyContent: "space-between" }, left, end);
}

/** A cell of a table: its text and what it means. */
export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
}

/** A column of a table. */
export interface TableColumn {
  readonly title: string;
  readonly width: number;
  readonly isNumber?: boolean;
}

/** Rows below a line of titles, two columns in from the left. */
export function table(columns: readonly TableColumn[], rows: ReadonlyArray<readonly Cell[]>, frame: Frame): ReactElement {
  const titles = columns.map(({ title }): Cell => ({ text: title, tone: "faint" }));
  return column(...[titles, ...rows].map((cells, at) => tableRow(columns, cells, frame, at)));
}

function tableRow(columns: readonly TableColumn[], cells: readonly Cell[], frame: Frame, key: number): ReactElement {
  const boxes = columns.map(({ width, isNumber = false }, at) => {
    const { text: content, tone = "plain" } = cells[at] ?? { text: "" };
    return createElement(
      Box,
      { key: at, width, flexShrink: 0, marginRight: 2, justifyContent: isNumber ? "flex-end" : "flex-start" },
      text(content, tone, frame),
    );
  });
  return createElement(Box, { key, paddingLeft: 2, width: frame.width, height: 1, flexShrink: 0, overflow: "hidden" }, ...boxes);
}
