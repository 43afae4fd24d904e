/**
 * TA-Lib 0.4.0 (C), run over `crowdedMarket(400_000, 9)`: for each function the number of bullish answers, of bearish ones, and
 * the sum of each answer times the number of its row, which no misplaced answer leaves as it is.
 */
import { expect, test } from "vitest";
import { catalogue } from "../catalogue/catalogue.ts";
import { crowdedMarket } from "./crowded-market.ts";

const FOUND_BY_TALIB = [
  ["CDL2CROWS", 0, 7, -145_055_000],
  ["CDL3BLACKCROWS", 0, 18, -364_745_500],
  ["CDL3INSIDE", 966, 930, 418_160_700],
  ["CDL3LINESTRIKE", 332, 191, 2_669_454_400],
  ["CDL3OUTSIDE", 1532, 3541, -39_878_039_600],
  ["CDL3STARSINSOUTH", 9, 0, 208_172_100],
  ["CDL3WHITESOLDIERS", 1102, 0, 22_422_623_200],
  ["CDLABANDONEDBABY", 36, 31, 95_389_700],
  ["CDLADVANCEBLOCK", 0, 2069, -41_049_695_900],
  ["CDLBELTHOLD", 42805, 43072, -7_661_354_600],
  ["CDLBREAKAWAY", 2, 6, -135_610_100],
  ["CDLCLOSINGMARUBOZU", 42663, 42955, -7_406_113_700],
  ["CDLCONCEALBABYSWALL", 28, 0, 523_242_200],
  ["CDLCOUNTERATTACK", 31, 25, 58_130_400],
  ["CDLDARKCLOUDCOVER", 0, 550, -10_619_746_600],
  ["CDLDOJI", 99372, 0, 1_987_337_329_200],
  ["CDLDOJISTAR", 4297, 4368, 344_476_400],
  ["CDLDRAGONFLYDOJI", 23256, 0, 465_255_412_700],
  ["CDLENGULFING", 4121, 8830, -93_717_370_100],
  ["CDLEVENINGDOJISTAR", 0, 519, -10_201_042_500],
  ["CDLEVENINGSTAR", 0, 1029, -20_351_697_000],
  ["CDLGAPSIDESIDEWHITE", 3610, 1798, 36_072_837_400],
  ["CDLGRAVESTONEDOJI", 23369, 0, 467_848_503_700],
  ["CDLHAMMER", 24642, 0, 490_822_271_400],
  ["CDLHANGINGMAN", 0, 20280, -406_789_577_800],
  ["CDLHARAMI", 6014, 6150, -167_377_700],
  ["CDLHARAMICROSS", 2852, 2925, 289_973_300],
  ["CDLHIGHWAVE", 20331, 5467, 293_758_482_100],
  ["CDLHIKKAKE", 16214, 16218, 2_497_381_300],
  ["CDLHIKKAKEMOD", 272, 248, 385_378_400],
  ["CDLHOMINGPIGEON", 2862, 0, 56_968_001_300],
  ["CDLIDENTICAL3CROWS", 0, 800, -15_734_100_300],
  ["CDLINNECK", 0, 544, -10_922_495_000],
  ["CDLINVERTEDHAMMER", 10437, 0, 209_433_152_200],
  ["CDLKICKING", 198, 186, 260_773_700],
  ["CDLKICKINGBYLENGTH", 190, 194, 388_066_900],
  ["CDLLADDERBOTTOM", 296, 0, 6_053_836_100],
  ["CDLLONGLEGGEDDOJI", 69139, 0, 1_381_505_434_400],
  ["CDLLONGLINE", 39381, 39637, -7_374_225_000],
  ["CDLMARUBOZU", 24660, 24913, -7_179_204_200],
  ["CDLMATCHINGLOW", 5519, 0, 110_211_508_000],
  ["CDLMATHOLD", 2, 0, 31_363_500],
  ["CDLMORNINGDOJISTAR", 566, 0, 11_392_746_900],
  ["CDLMORNINGSTAR", 1107, 0, 22_371_172_000],
  ["CDLONNECK", 0, 657, -13_251_167_900],
  ["CDLPIERCING", 512, 0, 9_852_969_200],
  ["CDLRICKSHAWMAN", 10694, 0, 212_107_388_900],
  ["CDLRISEFALL3METHODS", 6, 12, -173_554_400],
  ["CDLSEPARATINGLINES", 1481, 4508, -61_533_604_200],
  ["CDLSHOOTINGSTAR", 0, 10422, -209_551_113_000],
  ["CDLSHORTLINE", 81280, 49944, 635_242_019_600],
  ["CDLSPINNINGTOP", 23581, 8634, 295_168_779_200],
  ["CDLSTALLEDPATTERN", 0, 1099, -22_174_058_300],
  ["CDLSTICKSANDWICH", 628, 0, 12_676_775_400],
  ["CDLTAKURI", 24440, 0, 488_607_673_400],
  ["CDLTASUKIGAP", 62, 61, -26_600_900],
  ["CDLTHRUSTING", 0, 1231, -24_336_694_000],
  ["CDLTRISTAR", 686, 641, 564_835_700],
  ["CDLUNIQUE3RIVER", 249, 0, 4_634_842_100],
  ["CDLUPSIDEGAP2CROWS", 0, 19, -500_950_400],
  ["CDLXSIDEGAP3METHODS", 90, 92, -276_893_100],
] as const;

const market = crowdedMarket(400_000, 9);

test.each(FOUND_BY_TALIB)("%s is found where TA-Lib finds it", (name, bullish, bearish, sum) => {
  const specification = catalogue.find(({ talib }) => talib?.function === name);
  const answers = specification?.create().over(market)["value"] ?? new Float64Array(0);
  const found = { bullish: 0, bearish: 0, sum: 0 };
  answers.forEach((answer, row) => {
    if (answer > 0) found.bullish += 1;
    if (answer < 0) found.bearish += 1;
    if (!Number.isNaN(answer)) found.sum += answer * row;
  });
  expect(found).toEqual({ bullish, bearish, sum });
});

test("every pattern of TA-Lib is in the catalogue once", () => {
  const names = catalogue.filter(({ group }) => group === "pattern").map(({ talib }) => talib?.function ?? "");
  expect(names.toSorted()).toEqual(FOUND_BY_TALIB.map(([name]) => name).toSorted());
});
