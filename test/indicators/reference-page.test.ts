import { expect, test } from "vitest";
import { REFERENCE_FILE, indicatorReference } from "../../scripts/indicator-reference.ts";

test("the page of indicators is what the catalogue makes of it (vitest -u, or scripts/indicator-reference.ts, makes it anew)", async () => {
  await expect(indicatorReference()).toMatchFileSnapshot(REFERENCE_FILE);
});
