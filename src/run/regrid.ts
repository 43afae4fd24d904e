import { Grid } from "../base/grid.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { PortfolioState } from "../engine/portfolio/portfolio.ts";

/**
 * A kept portfolio on the steps that the exchange has now, the same object where none has changed. A journal counts positions in steps, and an exchange changes a symbol's step now
 * and then; what is held stays the same. What a coarser step cannot express is left over and shows as a difference to the exchange.
 */
export function regrid(
  portfolio: PortfolioState | undefined,
  { from, to }: { readonly from: readonly Instrument[]; readonly to: readonly Instrument[] },
): PortfolioState | undefined {
  if (portfolio === undefined) return undefined;
  const stepOf = (instruments: readonly Instrument[], symbol: string): string | undefined =>
    instruments.find((instrument) => instrument.symbol === symbol)?.quantityStep;
  let isSame = true;
  const books = portfolio.books.map((book) => {
    const before = stepOf(from, book.symbol);
    const now = stepOf(to, book.symbol);
    if (before === undefined || now === undefined || before === now || book.quantitySteps === 0) return book;
    isSame = false;
    const quantity = new Grid(before).toNumber(Math.abs(book.quantitySteps));
    return { ...book, quantitySteps: Math.sign(book.quantitySteps) * new Grid(now).toSteps(quantity, "floor") };
  });
  return isSame ? portfolio : { ...portfolio, books };
}
