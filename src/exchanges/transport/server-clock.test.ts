/**
 * Properties, over random round trips split at random between the ways there and back:
 * - The true offset lies within `skewMs` of the estimate.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { VirtualClock } from "../../base/clock.ts";
import { NetworkError } from "../../base/errors.ts";
import { ServerClock } from "./server-clock.ts";

/** A server whose clock differs by an offset, behind a network with given delays, and a local clock that can be put wrong. */
class Scene {
  /** Real time. */
  readonly world = new VirtualClock(1_712_000_000_000);
  localErrorMs = 0;
  serverErrorMs = 0;
  thereMs = 10;
  backMs = 10;
  asked = 0;
  readonly clock = new ServerClock({
    exchange: "Binance",
    clock: { now: () => this.world.now() + this.localErrorMs },
    askTime: () => this.askTime(),
    questions: 3,
  });

  /** In a real server whole milliseconds; here too. */
  askTime(): Promise<number> {
    this.asked += 1;
    this.pass(this.thereMs);
    const serverTime = Math.floor(this.serverTime);
    this.pass(this.backMs);
    return Promise.resolve(serverTime);
  }

  get serverTime(): number {
    return this.world.now() + this.serverErrorMs;
  }

  pass(durationMs: number): void {
    this.world.advanceTo(this.world.now() + durationMs);
  }
}

describe("the server's clock", () => {
  test("is the local one, of unknown error, before it was asked for", () => {
    const { clock, world } = new Scene();
    expect(clock.now()).toBe(world.now());
    expect(clock.skewMs).toBe(Infinity);
  });

  test("is known to half a round trip after a few questions", async () => {
    const scene = new Scene();
    scene.localErrorMs = 6000;
    await scene.clock.resync();
    expect(Math.abs(scene.clock.now() - scene.serverTime)).toBeLessThanOrEqual(1);
    expect(scene.clock.skewMs).toBeLessThanOrEqual(11);
  });

  test("is not led astray by one slow answer", async () => {
    const scene = new Scene();
    await scene.clock.resync();
    scene.thereMs = 3000;
    await scene.clock.resync();
    expect(Math.abs(scene.clock.now() - scene.serverTime)).toBeLessThanOrEqual(1);
  });

  test("is known again after the local clock was put back or forward", async () => {
    for (const jumpMs of [-2000, 7_200_000]) {
      const scene = new Scene();
      await scene.clock.resync();
      scene.localErrorMs += jumpMs;
      await scene.clock.resync();
      expect(Math.abs(scene.clock.now() - scene.serverTime)).toBeLessThanOrEqual(1);
      expect(scene.clock.skewMs).toBeLessThan(20);
    }
  });

  test("is in doubt, and unchanged, after one answer that contradicts all others", async () => {
    const scene = new Scene();
    await scene.clock.resync();
    const { offsetMs } = scene.clock;
    const now = scene.world.now();
    scene.clock.addSample({ sentAt: now, receivedAt: now + 20, serverTime: now + 3_600_000 });
    expect(scene.clock.skewMs).toBe(Infinity);
    expect(scene.clock.offsetMs).toBe(offsetMs);
    await scene.clock.resync();
    expect(scene.clock.skewMs).toBeLessThan(20);
  });

  test("leaves out an answer that came before its question, as when the clock is put back in between", () => {
    const { clock } = new Scene();
    clock.addSample({ sentAt: 5000, receivedAt: 3000, serverTime: 4000 });
    clock.addSample({ sentAt: 5000, receivedAt: 5001, serverTime: NaN });
    expect(clock.skewMs).toBe(Infinity);
    expect(clock.offsetMs).toBe(0);
  });

  test("becomes less certain as time passes", async () => {
    const scene = new Scene();
    await scene.clock.resync();
    const before = scene.clock.skewMs;
    scene.pass(3_600_000);
    expect(scene.clock.skewMs - before).toBeCloseTo(360, 0);
  });

  test("is asked for once when many want to know at the same time", async () => {
    const scene = new Scene();
    await Promise.all([scene.clock.resync(), scene.clock.resync()]);
    expect(scene.asked).toBe(3);
  });

  test("fails with what the question failed with when nobody answers, and keeps what it knew", async () => {
    const failure = new NetworkError("GET api.binance.com/api/v3/time: connection refused", { wasSent: false });
    const clock = new ServerClock({ exchange: "Binance", clock: new VirtualClock(0), askTime: () => Promise.reject(failure) });
    clock.addSample({ sentAt: 0, receivedAt: 2, serverTime: 101 });
    await expect(clock.resync()).rejects.toBe(failure);
    expect(clock.offsetMs).toBe(100);
  });

  test("is never further off than it says", async () => {
    const delay = fc.double({ min: 0, max: 400, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(delay, delay), { minLength: 1, maxLength: 40 }),
        fc.double({ min: -1e7, max: 1e7, noNaN: true }),
        async (delays, error) => {
          const scene = new Scene();
          scene.serverErrorMs = error;
          for (const [thereMs, backMs] of delays) {
            Object.assign(scene, { thereMs, backMs });
            await scene.clock.resync();
          }
          expect(Math.abs(scene.clock.now() - scene.serverTime)).toBeLessThanOrEqual(scene.clock.skewMs);
        },
      ),
    );
  });
});
