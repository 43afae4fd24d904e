import { JournalError } from "../../base/errors.ts";

/** Where a journal is not what was written, with file and line. Nothing has been changed when it is thrown. */
export class DamagedJournalError extends JournalError {
  readonly file: string;
  /** Counted from 1; 0 where the file as a whole is meant. */
  readonly line: number;
  /** What is wrong there, in words. */
  readonly problem: string;

  constructor(file: string, line: number, problem: string) {
    super(
      `${file}${line > 0 ? `, line ${line}` : ""}: ${problem}. Nothing was changed. Bring the folder back from a backup; or, if there is none, ` +
        "move it away and start anew: orders and positions are then taken from the exchange",
    );
    this.file = file;
    this.line = line;
    this.problem = problem;
  }
}
