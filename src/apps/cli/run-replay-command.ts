import { ConfigurationError } from "../../base/errors.ts";
import { loadExpert } from "../../run/load-expert.ts";
import { replayJournal } from "../../run/replay.ts";
import type { ReplayedRecord, ReplayResult } from "../../run/run-status.ts";
import { absolutePath, pathKind, shownPath } from "../../run/user-file.ts";
import type { CliContext } from "./context.ts";

/** What `metaexpert replay` is told by flags. */
export interface ReplayFlags {
  readonly expert?: string;
}

/** `metaexpert replay JOURNAL` */
export async function replayCommand(path: string, flags: ReplayFlags, context: CliContext): Promise<void> {
  const folder = absolutePath(path, context.cwd);
  const shown = shownPath(folder, context.cwd);
  const kind = pathKind(folder);
  if (kind === "missing") throw new ConfigurationError(`there is no folder "${shown}"; give the one that a run has printed as its journal`);
  if (kind === "file") throw new ConfigurationError(`"${shown}" is a file; give the folder of the journal that it lies in`);
  const result = await replayJournal({ folder, load: (file) => load(flags.expert ?? file, context.cwd) });
  if (!result.isIdentical) context.exitCode = 1;
  if (context.json) return context.printJson(result);
  context.print(replayText(result));
}

async function load(file: string, cwd: string): ReturnType<typeof loadExpert> {
  if (file === "") throw new ConfigurationError("the journal does not say where its expert is; add --expert FILE");
  if (pathKind(absolutePath(file, cwd)) === "missing") {
    throw new ConfigurationError(
      `the expert "${file}" of the journal is not there; start in the folder where the run was started, or add --expert FILE`,
    );
  }
  return loadExpert(file, cwd);
}

/** What came of a repetition, for people. */
export function replayText(result: ReplayResult): string {
  const { expertName, mode, from, to, records, events, recordedHash, replayedHash, isIdentical, notes } = result;
  const count = (value: number): string => value.toLocaleString("en-US");
  return [
    `${expertName}, ${mode}, ${momentText(from)} to ${momentText(to)}`,
    `${count(records)} records of ${count(events)} events`,
    `recorded  ${recordedHash}`,
    `repeated  ${replayedHash}`,
    ...notes.map((note) => `! ${note}`),
    "",
    isIdentical ? "identical" : differenceText(result),
  ].join("\n");
}

function differenceText({ difference }: ReplayResult): string {
  const index = difference?.recorded?.index ?? difference?.replayed?.index;
  return [
    `different${index === undefined ? "" : ` from record ${index.toLocaleString("en-US")} on`}`,
    `recorded  ${recordText(difference?.recorded)}`,
    `repeated  ${recordText(difference?.replayed)}`,
  ].join("\n");
}

function recordText(record: ReplayedRecord | undefined): string {
  return record === undefined ? "nothing" : record.text;
}

function momentText(time: number): string {
  return Number.isFinite(time) ? `${new Date(time).toISOString().slice(0, 19).replace("T", " ")} UTC` : "an unknown moment";
}
