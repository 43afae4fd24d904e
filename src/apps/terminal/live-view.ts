import { render, type Instance } from "ink";
import type { Scheduler } from "../../base/scheduler.ts";
import type { RunHandle } from "../../run/run-status.ts";
import { screen } from "./screen.ts";

/** Where a view is drawn: a terminal that says its size. */
export interface ViewOutput extends NodeJS.WritableStream {
  readonly columns: number;
  readonly rows: number;
  /** Whether it is still busy with the last picture. */
  readonly isBusy: boolean;
}

export interface LiveViewOptions {
  readonly run: Pick<RunHandle, "status" | "onChange">;
  readonly output: ViewOutput;
  readonly color: boolean;
  readonly scheduler: Scheduler;
  /** Whether what an expert prints by `console.log` is moved above the picture. @default true */
  readonly guardsConsole?: boolean;
}

/** A picture on the terminal that follows a run. */
export interface LiveView {
  /** Draws the last state, leaves it on the screen and gives the terminal back. */
  close(): void;
}

const PICTURES_PER_SECOND = 5;
const REDRAW_MS = 1000 / PICTURES_PER_SECOND;
/** Ages and run time go on without anything happening. */
const TICK_MS = 1000;

/** Shows a run in place: redrawn when something has changed, five times a second at most, and never faster than the terminal takes it. */
export function startLiveView({ run, output, color, scheduler, guardsConsole = true }: LiveViewOptions): LiveView {
  let isClosed = false;
  let drawnAt = -Infinity;
  let cancel = (): void => {};
  let dueAt = Infinity;

  const picture = (): ReturnType<typeof screen> => {
    // One line stays free, so that the terminal never scrolls.
    const frame = { width: Math.max(20, output.columns), height: Math.max(12, output.rows - 1), color };
    return screen(run.status(), frame);
  };
  const draw = (): void => {
    if (isClosed) return;
    if (!output.isBusy) {
      drawnAt = scheduler.now();
      instance.rerender(picture());
    }
    dueAt = Infinity;
    drawIn(TICK_MS);
  };
  const drawIn = (delayMs: number): void => {
    const at = scheduler.now() + delayMs;
    if (isClosed || at >= dueAt) return;
    cancel();
    dueAt = at;
    cancel = scheduler.after(delayMs, draw);
  };

  const instance: Instance = render(picture(), {
    stdout: output,
    stderr: output,
    exitOnCtrlC: false,
    patchConsole: guardsConsole,
    interactive: true,
    maxFps: PICTURES_PER_SECOND,
    incrementalRendering: true,
  });
  drawIn(TICK_MS);
  const stopListening = run.onChange(() => drawIn(Math.max(0, drawnAt + REDRAW_MS - scheduler.now())));
  const onResize = (): void => drawIn(0);
  output.on("resize", onResize);

  return {
    close() {
      if (isClosed) return;
      stopListening();
      cancel();
      output.removeListener("resize", onResize);
      instance.rerender(picture());
      isClosed = true;
      instance.unmount();
    },
  };
}
