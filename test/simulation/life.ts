import type { Inbox } from "../../src/engine/inbox.ts";
import type { ResolvedRunOptions } from "../../src/expert/resolved.ts";
import type { RunHandle, RunOutcome } from "../../src/run/run-status.ts";
import type { SimClient } from "../../src/sandbox/sim-network.ts";
import type { ProcessScheduler } from "./process-scheduler.ts";

/** One life of a trading process, as those see it who only watch. */
export interface Life {
  readonly scheduler: ProcessScheduler;
  readonly client: SimClient;
  readonly run: ResolvedRunOptions;
  readonly startedAt: number;
  /** What its events wait in, once it is there. */
  readonly inbox: Inbox | undefined;
  readonly handle: RunHandle | undefined;
  readonly outcome: RunOutcome | undefined;
  readonly failure: unknown;
  readonly isDead: boolean;
  readonly isOver: boolean;
  readonly stoppedAt: number;
  readonly folder: string | undefined;
}
