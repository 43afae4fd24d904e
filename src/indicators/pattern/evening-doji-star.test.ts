import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { eveningDojiStar } from "./evening-doji-star.ts";

test("a doji above a long white candle and a black one back into it are bearish", () => {
  expect(reading(eveningDojiStar(), "100 107 99 106", "107 109 106 107", "106 107 101 102")).toBe(-100);
});

test("a third candle that takes back too little is none", () => {
  expect(reading(eveningDojiStar(), "100 107 99 106", "107 109 106 107", "106.5 107 104 104.5")).toBe(0);
});

test("a smaller penetration lets it count", () => {
  expect(reading(eveningDojiStar({ penetration: 0.2 }), "100 107 99 106", "107 109 106 107", "107 108 104 104.5")).toBe(-100);
});

test("a second body without a gap is no star", () => {
  expect(reading(eveningDojiStar(), "100 107 99 106", "106 108 105 106", "106 107 101 102")).toBe(0);
});
