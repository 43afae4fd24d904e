import type { ReactElement } from "react";
import type { ConnectionStatus, RunPhase, RunStatus } from "../../run/run-status.ts";
import { ageText, clockText, durationText, latencyText } from "./figures.ts";
import { apart, column, line, type Frame, type Tone } from "./paint.ts";

/** What runs where and since when, whether it sees the market, and below that what is wrong, a line each. */
export function header(status: RunStatus, frame: Frame): ReactElement {
  const troubles = troublesOf(status).map((trouble) => line([[` ! ${trouble}`, "bad"]], frame));
  return column(titleLine(status, frame), connectionLine(status, frame), ...troubles);
}

/** Lines that the header takes. */
export function headerHeight(status: RunStatus): number {
  return 2 + troublesOf(status).length;
}

function troublesOf({ connection, haltReason }: RunStatus): readonly string[] {
  const { status, isStale, reason } = connection;
  return [
    ...(haltReason === undefined ? [] : [`halted, no risk is added: ${haltReason}`]),
    ...(reason !== undefined && (isStale || status !== "connected") ? [`${isStale ? "no risk is added: " : ""}${reason}`] : []),
  ];
}

function titleLine(status: RunStatus, frame: Frame): ReactElement {
  const isReal = status.mode === "live" && !status.isSandbox && !status.isTestnet;
  const left = line(
    [
      [` ${status.expertName} `, "accent"],
      [` ${status.mode.toUpperCase()} `, isReal ? "alarm" : "strong"],
      [`  ${placeOf(status, frame.width < WIDE_FROM ? 1 : 3)}`, "plain"],
    ],
    frame,
  );
  const times = [
    ...(frame.width < WIDE_FROM ? [] : [`${clockText(status.now)} UTC`]),
    `up ${durationText(status.now - status.startedAt)}`,
    ...(status.endsAt === undefined || frame.width < NARROW_TO ? [] : [`ends in ${durationText(status.endsAt - status.now)}`]),
  ];
  return apart(left, line([[`${times.join(" · ")} `, "plain"]], frame), frame);
}

const WIDE_FROM = 110;
const NARROW_TO = 70;

function placeOf({ exchange, market, symbols, timeframe, isSandbox, isTestnet }: RunStatus, namesMax: number): string {
  const where = isSandbox ? `${exchange} sandbox` : isTestnet ? `${exchange} testnet` : exchange;
  const named = symbols.slice(0, namesMax).join(" ");
  const more = symbols.length > namesMax ? ` +${symbols.length - namesMax}` : "";
  return `${where} ${market} · ${named}${more} · ${timeframe}`;
}

const PHASE_TONES: Readonly<Record<RunPhase, Tone>> = {
  starting: "warning",
  recovering: "warning",
  warmingUp: "warning",
  running: "good",
  halted: "alarm",
  stopping: "warning",
  stopped: "faint",
};
const PHASE_WORDS: Readonly<Record<RunPhase, string>> = {
  starting: "starting",
  recovering: "recovering",
  warmingUp: "warming up",
  running: "running",
  halted: " HALTED ",
  stopping: "stopping",
  stopped: "stopped",
};

function connectionLine({ connection, phase }: RunStatus, frame: Frame): ReactElement {
  const { status, latencyMs, reconnects } = connection;
  const isUp = status === "connected";
  const left = line(
    [
      [` ${isUp ? "●" : "○"} ${status}`, isUp ? (connection.isStale ? "warning" : "good") : "bad"],
      ["  latency ", "faint"],
      [isUp ? latencyText(latencyMs) : "–", "plain"],
      ...dataAge(connection),
      ...(reconnects > 0 ? [[`  reconnected ${reconnects}×`, "faint"] as const] : []),
    ],
    frame,
  );
  return apart(left, line([[`${PHASE_WORDS[phase]} `, PHASE_TONES[phase]]], frame), frame);
}

/** How long a market may be silent before its age is worth a look, milliseconds. */
const QUIET_MS = 10_000;

function dataAge({ dataAgeMs, isStale }: ConnectionStatus): ReadonlyArray<readonly [string, Tone]> {
  if (Number.isNaN(dataAgeMs)) return [["  no data yet", "warning"]];
  const age = `${ageText(dataAgeMs)} old`;
  if (isStale)
    return [
      ["  ", "plain"],
      [` STALE: data ${age} `, "alarm"],
    ];
  return [
    ["  data ", "faint"],
    [age, dataAgeMs > QUIET_MS ? "warning" : "plain"],
  ];
}
