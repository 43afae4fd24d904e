import type { Fields } from "../../../transport/wire-fields.ts";
import { timeOf } from "../wire.ts";
import { positionSideOf } from "../wire-values.ts";
import type { UserFact } from "./user-fact.ts";

/** Reasons of an account update that move no money in or out. */
const INNER_REASONS: ReadonlySet<string> = new Set(["ORDER", "MARGIN_TRANSFER", "MARGIN_TYPE_CHANGE"]);

/**
 * Futures, balances and positions have changed: {"e":"ACCOUNT_UPDATE","E":1564745798939,"T":1564745798938,"a":{"m":"ORDER",
 * "B":[{"a":"USDT","wb":"122624.12345678","cw":"100.12345678","bc":"50.12345678"}],"P":[{"s":"BTCUSDT","pa":"20","ep":"6563.66500",
 * "bep":"6563.6","cr":"0","up":"2850.21200","mt":"isolated","iw":"13200.70726908","ps":"LONG"}]}}. `bc` is what came without profit and
 * commission: funding (`m` is `FUNDING_FEE`, without the symbol for cross positions), transfers, adjustments. Such an amount has no id
 * here, so it is taken from the income history, where it has one. COIN-M adds the account's alias "i".
 */
export function decodeAccountUpdate(event: Fields): readonly UserFact[] {
  const update = event.fields("a");
  const time = timeOf(event, "T", "E");
  const reason = update.text("m");
  const rows = update.has("B") ? update.fieldsOfEach("B") : [];
  // What of the wallet is not margin of an isolated position; how much of it other orders bind is not told here.
  const balances = rows.map((row) => ({ asset: row.text("a"), total: row.number("wb"), free: row.number("cw") }));
  const facts: UserFact[] = balances.length === 0 ? [] : [{ kind: "balances", balances, time }];
  for (const row of update.has("P") ? update.fieldsOfEach("P") : []) {
    const quantity = row.number("pa");
    const position = {
      symbol: row.text("s"),
      side: positionSideOf(row.maybeText("ps") ?? ""),
      quantity,
      entryPrice: quantity === 0 ? NaN : row.number("ep"),
    };
    facts.push({ kind: "position", position, time });
  }
  if (!INNER_REASONS.has(reason)) {
    for (const row of rows) facts.push({ kind: "income", reason, asset: row.text("a"), time });
  }
  return facts;
}
