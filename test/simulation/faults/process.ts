import { between, pick, type Kind } from "./kind.ts";

/** What happens to the process and its machine; whoever supervises it starts it again. */
export const PROCESS_KINDS = {
  /** It ends in the midst of the next writes (F83, F84). */
  crashes: {
    strike: ({ view, random }) => {
      if (view.process?.isOver === false) view.world.disk.crashAt(view.world.disk.points + random.integer(1, 40));
    },
  },
  /** The disk refuses to write, is full, or has lost what it had said was written (F85). */
  diskErrors: {
    strike: ({ view, random, until }) => {
      const { disk } = view.world;
      const kind = random.next();
      if (kind < 0.4) disk.failNext("append", pick(random, ["ENOSPC", "EIO", "EROFS"] as const));
      else if (kind < 0.7) disk.failNext("sync", "EIO");
      else {
        disk.capacity = 0;
        until(between(random, 5_000, 40_000), () => {
          disk.capacity = Infinity;
        });
      }
    },
  },
  /** It is asked to end in the midst of everything (F88). */
  terminations: { strike: ({ view }) => view.process?.terminate() },
  /** The machine's clock jumps (F73, F74), or the exchange's does. */
  clockJumps: {
    strike: ({ view, random, act, until }) => {
      const jump = Math.round(between(random, -2_500, 2_500));
      const { process } = view;
      if (random.next() < 0.5 && process !== undefined) process.scheduler.skewMs = jump;
      else {
        act({ act: "clock", offsetMs: jump });
        until(between(random, 10_000, 120_000), () => act({ act: "clock", offsetMs: 0 }));
      }
    },
  },
} satisfies Record<string, Kind>;
