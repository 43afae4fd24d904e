import { expect, it } from "vitest";
import { Stage } from "./stage.ts";

it("F51: an auto-deleveraging is booked by its trade, and the stop is cut to what is left", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 2 } });
  await stage.enter(0.02);
  await stage.until(() => stage.stops.length === 1, 10_000, "the stop works");

  stage.venue.operator.deleverage(stage.symbol, 0.5);
  await stage.pass(15_000);

  expect(stage.held).toBe(0.01);
  expect(stage.seen).toBe(0.01);
  expect(stage.stops.map(({ quantity }) => quantity)).toEqual([0.01]);
});
