import { parentPort } from "node:worker_threads";
import { simulate } from "./simulate.ts";

// oxlint-disable unicorn/require-post-message-target-origin -- a worker's port has no origin

/** Lives the seeds that it is handed, one after the other, on a core of its own. */
parentPort?.on("message", ({ seed, hours, isRepeated }: { seed: number; hours: number; isRepeated: boolean }) => {
  void live(seed, hours, isRepeated).then((answer) => parentPort?.postMessage(answer));
});

async function live(seed: number, hours: number, isRepeated: boolean) {
  const report = await simulate(seed, { hours });
  const second = isRepeated && report.violations.length === 0 ? (await simulate(seed, { hours })).traceHash : undefined;
  return { report, second };
}
