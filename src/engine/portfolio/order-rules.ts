import { Grid } from "../../base/grid.ts";
import type { Instrument } from "../../domain/instrument.ts";

/** The steps that books count in. */
export interface CountedSteps {
  readonly price: Grid;
  readonly quantity: Grid;
}

/** By what orders of an instrument are made: its steps, its smallest and its largest order. */
export class OrderRules {
  readonly instrument: Instrument;
  readonly price: Grid;
  readonly quantity: Grid;
  /** Smallest quantity of an order. */
  readonly quantityMin: number;
  /** Smallest value of an order in the quote asset; 0 where there is none. */
  readonly notionalMin: number;

  constructor(instrument: Instrument, { price, quantity }: CountedSteps) {
    this.instrument = instrument;
    this.price = price;
    this.quantity = quantity;
    this.quantityMin = Number(instrument.quantityMin ?? instrument.quantityStep);
    this.notionalMin = Number(instrument.notionalMin ?? 0);
  }

  /** The largest quantity that an order can have and that is not above `quantity`. */
  fit(quantity: number): number {
    return this.quantity.round(quantity, "floor");
  }
}

/**
 * The rules that an exchange tells while a run goes on. The books keep the steps they have begun with, so orders use the coarser of both,
 * which the exchange takes as well.
 */
export function rulesAsTold(told: Instrument, counted: CountedSteps): OrderRules {
  const stepOf = (step: string, grid: Grid): Grid => (step !== grid.step && grid.contains(step) ? new Grid(step) : grid);
  const price = stepOf(told.priceStep, counted.price);
  const quantity = stepOf(told.quantityStep, counted.quantity);
  return new OrderRules({ ...told, priceStep: price.step, quantityStep: quantity.step }, { price, quantity });
}
