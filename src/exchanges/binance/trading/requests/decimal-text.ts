import { decimalFromNumber, formatDecimal } from "../../../../base/decimal.ts";
import { Grid } from "../../../../base/grid.ts";
import type { Instrument } from "../../../../domain/instrument.ts";

const grids = new Map<string, Grid>();

/** A price or a quantity as Binance wants it: exactly on the grid, in plain notation, without zeros at the end. */
export function priceText(instrument: Instrument, price: number): string {
  return onGrid(instrument.priceStep, price);
}

export function quantityText(instrument: Instrument, quantity: number): string {
  return onGrid(instrument.quantityStep, quantity);
}

/** A number that lives on no grid, such as a percentage, in plain notation. */
export function plainText(value: number): string {
  return withoutEndZeros(formatDecimal(decimalFromNumber(value)));
}

function onGrid(step: string, value: number): string {
  let grid = grids.get(step);
  if (grid === undefined) {
    grid = new Grid(step);
    // Exchanges use a few dozen steps; a feed of ever new ones would be a mistake, not a reason to grow.
    if (grids.size < 1000) grids.set(step, grid);
  }
  return withoutEndZeros(grid.toText(grid.toSteps(value)));
}

function withoutEndZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
