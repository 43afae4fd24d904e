import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { bbands } from "./overlap/bbands.ts";
import { kama } from "./overlap/kama.ts";
import { macd } from "./momentum/macd.ts";
import { sampleBars } from "./sample-bars.ts";

test("an indicator made once in a while, all before it forgotten, keeps its fields where V8 reaches them fast", () => {
  setFlagsFromString("--expose-gc");
  setFlagsFromString("--allow-natives-syntax");
  const collect = runInNewContext("gc") as () => void;
  const isFast = runInNewContext("(object) => %HasFastProperties(object)") as (object: object) => boolean;
  for (const create of [() => bbands(20), () => kama(10)]) {
    for (let time = 0; time < 12; time += 1) {
      expect(isFast(create()), `instance ${time}`).toBe(true);
      collect();
    }
  }
});

test("each line is a property, a column and, by its name, an indicator", () => {
  const columns = sampleBars("walk", 100);
  const whole = macd();
  const { histogram } = whole.over(columns);
  expect(whole.histogram).toBe(histogram[99]);
  const line = macd().line("histogram");
  expect(line.warmup).toBe(whole.warmup);
  expect(line.over(columns).value).toEqual(histogram);
  expect(line.value).toBe(histogram[99]);
  line.reset();
  expect(line.value).toBeNaN();
});
