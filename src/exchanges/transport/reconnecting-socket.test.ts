/**
 * Properties, over a server that refuses, falls silent, closes and recovers at random:
 * - `onUp` and `onDown` alternate, renewals apart; messages come only in between; never more than two connections are open.
 * - No window holds more connections than the budget.
 * - Once the server behaves, the stream is up within the longest wait, the time to notice silence and the time to connect.
 * - While the stream stays up, renewals included, no message is missing.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NetworkError, RateLimitedError } from "../../base/errors.ts";
import type { Connection } from "../../../test/transport/memory-server.ts";
import { streamOf } from "../../../test/transport/memory-server.ts";
import { ConnectBudget } from "./connect-budget.ts";

describe("a stream", () => {
  test("is up when its connection is open, and delivers", async () => {
    const { server, stream, told, pass } = streamOf();
    stream.start();
    expect(stream.send("early")).toBe(false);
    await pass(50);
    server.broadcast("one");
    await pass(10);
    expect(told).toEqual(["up", "one"]);
    expect(server.connections[0]?.sent).toEqual(["subscribe"]);
    expect(stream.send("more")).toBe(true);
  });

  test("connects anew after a close, with a new URL each time", async () => {
    let keys = 0;
    const { server, stream, told, pass } = streamOf({ url: () => Promise.resolve(`wss://exchange/${(keys += 1)}`) });
    stream.start();
    await pass(100);
    server.connections[0]?.end(1008, "too slow");
    await pass(1000);
    expect(told).toEqual(["up", "down: closed with 1008: too slow", "up"]);
    expect(server.connections.map(({ url }) => url)).toEqual(["wss://exchange/1", "wss://exchange/2"]);
  });

  test("takes silence for death, and a ping or a message for life", async () => {
    const { server, stream, told, pass } = streamOf({ silenceMs: 5000 });
    stream.start();
    await pass(50);
    await pass(4000);
    server.connections[0]?.ping();
    await pass(4000);
    server.broadcast("one");
    await pass(5009);
    expect(told).toEqual(["up", "one"]);
    await pass(1);
    expect(told).toEqual(["up", "one", "down: neither message nor ping for 5000 ms"]);
    expect(server.connections[0]?.state).toBe("closed");
  });

  test("is not up before a message shows that it is ready, where that is asked for", async () => {
    const { server, stream, told, pass } = streamOf(
      {},
      { onOpen: (send) => send("log in"), isReady: (data) => Buffer.from(data).toString() === "welcome" },
    );
    stream.start();
    await pass(50);
    server.broadcast("noise");
    server.broadcast("welcome");
    server.broadcast("one");
    await pass(10);
    expect(told).toEqual(["up", "welcome", "one"]);
    expect(server.connections[0]?.sent).toEqual(["log in", "subscribe"]);
  });

  test("gives up a connection that does not become ready, and an URL that does not come", async () => {
    const failures: string[] = [];
    const { stream, server, pass } = streamOf({ readyMsMax: 3000 }, { isReady: () => false, onFailure: (reason) => failures.push(reason) });
    stream.start();
    await pass(3000);
    expect(failures).toEqual(["not ready within 3000 ms"]);
    expect(server.connections[0]?.state).toBe("closed");

    const late = streamOf({ readyMsMax: 3000, url: () => new Promise(() => undefined) }, { onFailure: (reason) => failures.push(reason) });
    late.stream.start();
    await late.pass(3000);
    expect(failures).toHaveLength(2);
  });

  test("waits as long as it is asked to when no URL can be had", async () => {
    const waits: [string, number][] = [];
    const errors = [new RateLimitedError("Binance", 60_000), new NetworkError("GET /listenKey: the connection was refused")];
    const { stream, told, pass } = streamOf(
      {
        url: () => {
          const error = errors.shift();
          return error === undefined ? "wss://exchange" : Promise.reject(error);
        },
      },
      { onFailure: (reason, retryInMs) => waits.push([reason, retryInMs]) },
    );
    stream.start();
    await pass(59_999);
    expect(waits).toEqual([["Binance asks to wait 60000 ms before the next request", 60_000]]);
    await pass(5000);
    expect(waits).toHaveLength(2);
    expect(told).toEqual(["up"]);
  });

  test("tries again after waits that grow, and after short ones once it was up for long", async () => {
    const waits: number[] = [];
    const { server, stream, pass } = streamOf(
      { backoff: { baseMs: 1000, capMs: 16_000 }, silenceMs: Infinity },
      { onFailure: (_, retryInMs) => waits.push(retryInMs) },
    );
    server.isRefusing = true;
    stream.start();
    await pass(300_000);
    expect(Math.max(...waits.slice(0, 2))).toBeLessThanOrEqual(2000);
    expect(Math.max(...waits)).toBeGreaterThan(8000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(16_000);
    server.isRefusing = false;
    await pass(40_000);
    expect(stream.isUp).toBe(true);
    server.openOnes[0]?.end(1006, "");
    expect(waits.at(-1)).toBeLessThanOrEqual(1000);
  });

  test("never opens more connections than the budget that it shares allows", async () => {
    const budget = new ConnectBudget({ connectsMax: 5, windowMs: 60_000 });
    const { server, stream, pass } = streamOf({ budget, backoff: { baseMs: 10, capMs: 10 } });
    server.isRefusing = true;
    stream.start();
    await pass(59_999);
    expect(server.connections).toHaveLength(5);
    await pass(55_000);
    expect(server.connections).toHaveLength(10);
  });

  test("says nothing after it was disposed of, in whatever state, and leaves nothing open", async () => {
    for (const lifeMs of [0, 20, 60, 10_000, 10_030, 10_100, 13_000]) {
      const { server, scheduler, stream, told, pass } = streamOf({
        ageMsMax: 10_000,
        silenceMs: 100_000,
        url: () => Promise.resolve("wss://x"),
      });
      stream.start();
      await pass(lifeMs);
      stream[Symbol.dispose]();
      const before = told.length;
      server.broadcast("late");
      await pass(1000);
      expect(told).toHaveLength(before);
      expect(server.connections.every(({ state }) => state === "closed")).toBe(true);
      expect(scheduler.nextDue).toBe(Infinity);
      expect(stream.isUp).toBe(false);
    }
  });

  test("opens nothing when it was disposed of before its URL came", async () => {
    const { server, stream, pass } = streamOf({ url: () => Promise.resolve("wss://exchange") });
    stream.start();
    stream[Symbol.dispose]();
    await pass(1000);
    expect(server.connections).toEqual([]);
  });

  test("may be disposed of by the handler that hears that it is down", async () => {
    const { server, stream, pass } = streamOf({}, { onDown: () => stream[Symbol.dispose]() });
    stream.start();
    await pass(100);
    server.connections[0]?.end(1006, "");
    await pass(100_000);
    expect(server.connections).toHaveLength(1);
  });

  test("is made anew when somebody says that its connection is useless", async () => {
    const { server, stream, told, pass } = streamOf();
    stream.start();
    await pass(100);
    stream.restart("the listen key has expired");
    expect(told).toEqual(["up", "down: the listen key has expired"]);
    await pass(1000);
    expect(told.at(-1)).toBe("up");
    expect(server.openOnes).toHaveLength(1);
  });
});

describe("a renewal", () => {
  const AGE_MS = 10_000;

  test("comes by itself before the age is reached, opens the new connection first and closes the old one", async () => {
    const { server, stream, told, pass } = streamOf({ ageMsMax: AGE_MS, overlapMs: 2000, silenceMs: Infinity });
    stream.start();
    await pass(50 + AGE_MS + 50);
    expect(server.connections).toHaveLength(2);
    expect(server.connections[1]?.openedAt).toBeGreaterThanOrEqual(1_000_050 + 0.95 * AGE_MS);
    expect(server.openOnes).toHaveLength(2);
    await pass(2100);
    expect(told).toEqual(["up", "renewed"]);
    expect(server.connections.map(({ state }) => state)).toEqual(["closed", "open"]);
  });

  test("loses nothing and keeps the order: what the new connection had meanwhile follows what the old one had", async () => {
    const { server, stream, told, pass } = streamOf({ overlapMs: 100, silenceMs: Infinity });
    stream.start();
    await pass(100);
    stream.renew();
    await pass(60);
    // The old connection is slow: when it is closed, it has not brought the last message yet.
    (server.connections[0] as Connection).delayMs = 50;
    for (const text of ["1", "2", "3"]) {
      server.broadcast(text);
      await pass(30);
    }
    await pass(200);
    expect(told).toEqual(["up", "renewed", "1", "2", "1", "2", "3"]);
    stream.send("order");
    expect(server.connections.map(({ sent }) => sent)).toEqual([["subscribe"], ["subscribe", "order"]]);
  });

  test("goes through at once when the old connection dies during it", async () => {
    const { server, stream, told, pass } = streamOf({ overlapMs: 2000 });
    stream.start();
    await pass(100);
    stream.renew();
    await pass(60);
    server.broadcast("1");
    await pass(20);
    server.connections[0]?.end(1001, "going away");
    expect(told).toEqual(["up", "renewed", "1", "1"]);
    server.broadcast("2");
    await pass(5000);
    expect(told).toEqual(["up", "renewed", "1", "1", "2"]);
  });

  test("that fails leaves the old connection alone and is tried again", async () => {
    const { server, stream, told, pass } = streamOf({ silenceMs: Infinity });
    stream.start();
    await pass(100);
    server.isRefusing = true;
    stream.renew();
    stream.renew();
    await pass(5000);
    server.isRefusing = false;
    server.broadcast("1");
    await pass(40_000);
    expect(told).toEqual(["up", "1", "renewed"]);
  });

  test("becomes a new beginning when the old connection dies before the new one is open", async () => {
    const { server, stream, told, pass } = streamOf();
    stream.start();
    await pass(100);
    stream.renew();
    server.connections[0]?.end(1006, "");
    await pass(60);
    expect(told).toEqual(["up", "down: closed with 1006", "up"]);
    expect(server.connections).toHaveLength(2);
  });

  test("takes over early when too much would have to be kept back", async () => {
    const { server, stream, told, pass } = streamOf({ overlapMs: 60_000, silenceMs: Infinity });
    stream.start();
    await pass(100);
    stream.renew();
    await pass(60);
    for (let part = 0; part < 9; part += 1) server.broadcast("x".repeat(1024 * 1024));
    await pass(50);
    expect(server.connections[0]?.state).toBe("closed");
    expect(told.length).toBe(2 + 9 + 9);
  });
});

describe("whatever the server does", () => {
  const event = fc.record({
    afterMs: fc.integer({ min: 0, max: 8000 }),
    what: fc.constantFrom("refuse", "recover", "silence", "speak", "close", "renew", "restart", "slow", "fast"),
  });
  const CONNECTS_MAX = 12;
  const WINDOW_MS = 60_000;

  test("the stream keeps its promises", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 40 }), fc.nat(), async (events, seed) => {
        const seen: number[] = [];
        let state: "down" | "up" = "down";
        let downs = 0;
        const { server, scheduler, stream, pass } = streamOf(
          {
            silenceMs: 3000,
            ageMsMax: 20_000,
            overlapMs: 1000,
            backoff: { baseMs: 100, capMs: 5000 },
            budget: new ConnectBudget({ connectsMax: CONNECTS_MAX, windowMs: WINDOW_MS }),
          },
          {
            onUp: (_, isRenewal) => {
              expect(state).toBe(isRenewal ? "up" : "down");
              state = "up";
            },
            onDown: () => {
              expect(state).toBe("up");
              state = "down";
              downs += 1;
              seen.push(NaN);
            },
            onMessage: (data) => {
              expect(state).toBe("up");
              seen.push(Number(Buffer.from(data).toString()));
            },
          },
          seed,
        );
        let number = 0;
        const talk = (): void => {
          number += 1;
          server.broadcast(String(number));
          expect(server.openOnes.length).toBeLessThanOrEqual(2);
          scheduler.after(200, talk);
        };
        talk();
        stream.start();
        for (const { afterMs, what } of events) {
          await pass(afterMs);
          if (what === "refuse" || what === "recover") server.isRefusing = what === "refuse";
          if (what === "silence" || what === "speak") server.isSilent = what === "silence";
          if (what === "slow" || what === "fast") server.openMs = what === "slow" ? 20_000 : 50;
          if (what === "close") server.openOnes[0]?.end(1006, "");
          if (what === "renew") stream.renew();
          if (what === "restart") stream.restart("somebody said so");
        }
        Object.assign(server, { isRefusing: false, isSilent: false, openMs: 50 });
        // Until a connection that is still being made is given up, the budget allows another and the longest wait is over.
        await pass(15_000 + WINDOW_MS * 1.02 + 5000 + 100);
        expect(state).toBe("up");
        const before = downs;
        await pass(60_000);
        expect(downs).toBe(before);
        expectNoGap(seen.slice(seen.lastIndexOf(NaN) + 1).slice(-250));
        for (const { openedAt } of server.connections) {
          const within = server.connections.filter((other) => other.openedAt >= openedAt && other.openedAt < openedAt + WINDOW_MS);
          expect(within.length).toBeLessThanOrEqual(CONNECTS_MAX);
        }
        stream[Symbol.dispose]();
      }),
      { numRuns: 60 },
    );
  });

  /** Apart from what comes twice, each number follows the one before it. */
  function expectNoGap(numbers: readonly number[]): void {
    let last = numbers[0] ?? 0;
    for (const number of numbers) {
      if (number > last) {
        expect(number).toBe(last + 1);
        last = number;
      }
    }
  }
});
