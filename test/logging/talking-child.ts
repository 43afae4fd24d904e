/**
 * Says more than a pipe holds on standard error, the way a run does, while a timer beats; then writes to a file (its argument) how often it beat.
 * Run with a standard error that nobody reads, or that is closed.
 */
import { writeFileSync } from "node:fs";
import { sleep, systemClock } from "../../src/base/clock.ts";
import { createLogger } from "../../src/operations/logging/logger.ts";

process.stderr.on("error", () => {});
const log = createLogger({ level: "info", clock: systemClock, console: { stream: process.stderr, color: false } });

let beats = 0;
for (; beats < 50; beats += 1) {
  for (let line = 0; line < 1000; line += 1) log.info("something to say that takes some room in a pipe", { beats, line });
  await sleep(1);
}
writeFileSync(process.argv[2] ?? "", JSON.stringify({ beats, lost: log.lost }));
process.kill(process.pid, "SIGKILL");
