import { describe, expect, it } from "vitest";
import {
  covariance,
  excessKurtosis,
  geometricMeanReturn,
  largest,
  mean,
  median,
  quantile,
  skewness,
  smallest,
  standardDeviation,
  sum,
  variance,
} from "./moments.ts";
import { normalCdf, studentTwoSided } from "./distributions.ts";

/** Daily returns of AAPL, 10 to 23 March 2004, from ffn's test data; the expected moments are those that pandas 3.1 computes. */
const PRICES = [13.84, 13.575, 13.78, 13.225, 12.91, 13.095, 12.835, 12.93, 12.93, 12.645];
const RETURNS = PRICES.slice(1).map((price, index) => price / (PRICES[index] as number) - 1);

describe("moments", () => {
  it("agree with pandas", () => {
    expect(skewness(RETURNS)).toBeCloseTo(0.01938238573029514, 12);
    expect(excessKurtosis(RETURNS)).toBeCloseTo(-1.341328299303212, 12);
    expect(geometricMeanReturn(RETURNS)).toBeCloseTo(-0.009983285071365144, 14);
    expect(quantile(RETURNS, 0.05)).toBeCloseTo(-0.033692867392264604, 14);
    expect(standardDeviation(RETURNS) * Math.sqrt(252)).toBeCloseTo(0.3103604290524721, 13);
  });

  it("come to hand-checked numbers", () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(variance([1, 2, 6])).toBe(7);
    expect(variance([1, 2, 6], 0)).toBeCloseTo(14 / 3, 14);
    expect(covariance([1, 2, 3], [2, 4, 9])).toBe(3.5);
    expect(median([5, 1, 3])).toBe(3);
    expect(largest([1, NaN, 3])).toBe(3);
    expect(smallest([4, 2, 3])).toBe(2);
  });

  it("are not numbers where there is too little to go by", () => {
    expect(mean([])).toBeNaN();
    expect(variance([1])).toBeNaN();
    expect(skewness([1, 2])).toBeNaN();
    expect(excessKurtosis([1, 2, 3])).toBeNaN();
    expect(excessKurtosis([2, 2, 2, 2])).toBeNaN();
    expect(median([])).toBeNaN();
    expect(largest([])).toBeNaN();
  });

  it("add small terms to large ones without losing them", () => {
    expect(sum([1e16, 1, -1e16, 1])).toBe(2);
  });

  it("take a lost period as the loss of everything", () => {
    expect(geometricMeanReturn([0.5, -1, 0.2])).toBe(0);
  });
});

describe("distributions", () => {
  it("agree with SciPy's normal distribution", () => {
    expect(normalCdf(-8)).toBeCloseTo(6.22096057427174e-16, 24);
    expect(normalCdf(-3)).toBeCloseTo(0.0013498980316300933, 15);
    expect(normalCdf(-0.5)).toBeCloseTo(0.3085375387259869, 14);
    expect(normalCdf(1.2)).toBeCloseTo(0.8849303297782918, 14);
    expect(normalCdf(2.9)).toBeCloseTo(0.998134186699616, 14);
  });

  it("agree with SciPy's two-sided t test", () => {
    expect(studentTwoSided(0.5, 1)).toBeCloseTo(0.7048327646991335, 13);
    expect(studentTwoSided(1.5, 4)).toBeCloseTo(0.208, 13);
    expect(studentTwoSided(-1.2, 298)).toBeCloseTo(0.23109246662565494, 12);
    expect(studentTwoSided(5, 30)).toBeCloseTo(2.32966854670078e-5, 16);
    expect(studentTwoSided(0.01, 1000)).toBeCloseTo(0.9920232819321873, 11);
    expect(studentTwoSided(40, 3)).toBeCloseTo(3.4380680789158506e-5, 16);
    expect(studentTwoSided(NaN, 3)).toBeNaN();
  });
});
