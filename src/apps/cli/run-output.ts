import type { Scheduler } from "../../base/scheduler.ts";
import type { Logger } from "../../base/logger.ts";
import type { RunHandle } from "../../run/run-status.ts";
import type { CliContext } from "./context.ts";
import { statusLine } from "./run-summary.ts";

/** How a run is shown while it lasts. */
export type RunOutput = "view" | "lines" | "json";

const LINE_EVERY_MS = 60_000;

/** Which of them fits: a picture needs a terminal that can draw. */
export function outputFor(context: CliContext, wantsView: boolean): RunOutput {
  if (context.json) return "json";
  const canDraw = context.stdout.isTTY === true && context.stderr.isTTY === true && context.env["TERM"] !== "dumb";
  return wantsView && canDraw ? "view" : "lines";
}

/** Shows a run until it is disposed of. */
export async function showRun(
  run: RunHandle,
  kind: RunOutput,
  { context, scheduler, log }: { readonly context: CliContext; readonly scheduler: Scheduler; readonly log: Logger },
): Promise<AsyncDisposable> {
  switch (kind) {
    case "view":
      return drawRun(run, context, scheduler);
    case "lines":
      return sayEveryMinute(run, log, scheduler);
    case "json":
      return streamEvents(run, context, scheduler);
  }
}

/** How long the last picture may take to reach the terminal. */
const LAST_PICTURE_MS = 1_000;

async function drawRun(run: RunHandle, context: CliContext, scheduler: Scheduler): Promise<AsyncDisposable> {
  // React looks at it once, and its development version keeps a record of every picture.
  process.env["NODE_ENV"] ??= "production";
  const [{ startLiveView }, { PatientOutput }] = await Promise.all([
    import("../terminal/live-view.ts"),
    import("../terminal/patient-output.ts"),
  ]);
  const output = new PatientOutput(process.stdout.fd, process.stdout, scheduler);
  const view = startLiveView({ run, output, color: context.color, scheduler });
  context.isDrawnOn = true;
  return {
    async [Symbol.asyncDispose]() {
      view.close();
      await output.settle(LAST_PICTURE_MS);
      context.isDrawnOn = false;
      output.destroy();
    },
  };
}

function sayEveryMinute(run: RunHandle, log: Logger, scheduler: Scheduler): AsyncDisposable {
  const say = (): void => {
    log.info(statusLine(run.status()));
    cancel = scheduler.after(LINE_EVERY_MS, say);
  };
  let cancel = scheduler.after(LINE_EVERY_MS, say);
  return { [Symbol.asyncDispose]: async () => cancel() };
}

const JSON_EVERY_MS = 50;

/** Every event of the run as a line of JSON; those that went by unseen are counted in a line of their own. */
function streamEvents(run: RunHandle, context: CliContext, scheduler: Scheduler): AsyncDisposable {
  let last = 0;
  let isDue = false;
  const print = (): void => {
    isDue = false;
    for (const event of run.status().events) {
      if (event.sequence <= last) continue;
      if (event.sequence > last + 1) context.printJsonLine({ type: "missed", events: event.sequence - last - 1 });
      last = event.sequence;
      context.printJsonLine({ type: "event", ...event, time: new Date(event.time).toISOString() });
    }
  };
  print();
  const stop = run.onChange(() => {
    if (!isDue) scheduler.after(JSON_EVERY_MS, print);
    isDue = true;
  });
  return {
    async [Symbol.asyncDispose]() {
      stop();
      print();
    },
  };
}
