import { expect, test } from "vitest";
import { barAt } from "../../domain/bar.ts";
import { exampleBars } from "../example-bars.ts";
import { klinger } from "./klinger.ts";

test("it gives Tulip's oscillator once the averages' beginnings no longer matter", () => {
  const { oscillator } = klinger({ fast: 3, slow: 5, signal: 2, seed: "first" }).over(exampleBars);
  const expected = [
    0.0, -383711254.3531072, -106747337.29350924, -712710474.840905, -701899669.211473, -872608648.3324461, -836413945.3281603,
    437689525.20370245, 141376696.62083316, 227138943.83552188, -145374201.73902667, 277846848.79252946, 81626866.27480787,
    234152346.54384077, 880708022.8457003, 944229667.6872768, -54633254.532179594, -391556905.0221698, -925009868.9578762,
    -178383443.5886259, -231402066.01424277, 58967008.00029075, -135311677.08907354,
  ];
  oscillator.forEach((value, row) => {
    if (row < 6) expect(value).toBeNaN();
    else expect(value / (expected[row - 1] as number)).toBeCloseTo(1, 9);
  });
});

test("the signal is the exponential average of the oscillator", () => {
  const line = klinger({ fast: 3, slow: 5, signal: 3 });
  let [oscillator, signal] = [NaN, NaN];
  for (let row = 0; row < exampleBars.length; row += 1) {
    line.update(barAt(exampleBars, row));
    if (!Number.isNaN(signal)) expect(line.signal).toBeCloseTo((signal + line.oscillator) / 2, 3);
    [oscillator, signal] = [line.oscillator, line.signal];
  }
  expect(oscillator).not.toBeNaN();
});
