/** Draws on a standard output that nobody reads while a timer beats; then writes to a file (its argument) how often it beat. */
import { writeFileSync } from "node:fs";
import { sleep, systemClock } from "../../src/base/clock.ts";
import { systemScheduler } from "../../src/base/scheduler.ts";
import { PatientOutput } from "../../src/apps/terminal/patient-output.ts";
import { startLiveView } from "../../src/apps/terminal/live-view.ts";
import { busy } from "./statuses.ts";

let changed = (): void => {};
const start = systemClock.now();
const run = {
  // Something is different in every picture.
  status: () => ({ ...busy, now: busy.now + 1e4 * (systemClock.now() - start) }),
  onChange: (listener: () => void) => {
    changed = listener;
    return () => {};
  },
};
const size = { columns: 200, rows: 60, on: () => {}, off: () => {} };
const output = new PatientOutput(1, size, systemScheduler);
output.write("x".repeat(300_000));
startLiveView({ run, output, color: true, scheduler: systemScheduler });
let beats = 0;
for (; beats < 100; beats += 1) {
  changed();
  await sleep(5);
}
writeFileSync(process.argv[2] ?? "", JSON.stringify({ beats, waiting: output.writableLength }));
process.kill(process.pid, "SIGKILL");
