import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { ad } from "../volume/ad.ts";
import { delta } from "./delta.ts";
import { cvd } from "./cvd.ts";

test("over the whole series it is the accumulation/distribution line", () => {
  expect([...cvd().over(quotes).value]).toEqual([...ad().over(quotes).value]);
});

test("with a session it starts again", () => {
  const { value } = cvd({ session: "day" }).over(quotes);
  expect([...value]).toEqual([...delta().over(quotes).value]);
});
