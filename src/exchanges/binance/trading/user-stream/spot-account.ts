import type { Fields } from "../../../transport/wire-fields.ts";
import { sumOf, timeOf } from "../wire.ts";
import type { UserFact } from "./user-fact.ts";

/**
 * Spot, balances after a change: {"e":"outboundAccountPosition","E":1564034571105,"u":1564034571073,
 * "B":[{"a":"ETH","f":"10000.000000","l":"0.000000"}]}
 */
export function decodeAccountPosition(event: Fields): UserFact {
  const balances = event.fieldsOfEach("B").map((row) => ({ asset: row.text("a"), total: sumOf(row, "f", "l"), free: row.number("f") }));
  return { kind: "balances", balances, time: timeOf(event, "u", "E") };
}

/**
 * Spot, money has come or gone without a trade: {"e":"balanceUpdate","E":1573200697110,"a":"BTC","d":"100.00000000","T":1573200697068}.
 * It has no id; asset, moment and amount name it.
 */
export function decodeBalanceUpdate(event: Fields): UserFact {
  const asset = event.text("a");
  const time = event.number("T");
  const amount = event.number("d");
  return { kind: "transfer", transfer: { kind: "transfer", id: `${asset}:${time}:${event.text("d")}`, asset, amount, time } };
}

/**
 * Spot, another system of Binance holds a part of a balance, or lets it go: {"e":"externalLockUpdate","E":1581557507324,"a":"NEO",
 * "d":"10.00000000","T":1581557507268}. Free and bound shift; how they stand the account says.
 */
export function decodeExternalLock(event: Fields): UserFact {
  return { kind: "balancesChanged", reason: `Binance has locked ${event.number("d")} ${event.text("a")} outside spot trading` };
}

/**
 * Spot, an order list has changed: {"e":"listStatus","E":1564035303637,"s":"ETHBTC","g":2,"c":"OCO","l":"EXEC_STARTED","L":"EXECUTING",
 * "r":"NONE","C":"F4QN4G8DlFATFlIUQ0cjdD","T":1564035303625,"O":[{"s":"ETHBTC","i":17,"c":"AJYsMjErWJesZvqlJCTUgL"}]}. Each of its orders
 * reports for itself; only a refused list is worth a word.
 */
export function decodeListStatus(event: Fields): UserFact {
  if (event.text("L") !== "REJECT") return { kind: "nothing" };
  return {
    kind: "notice",
    text: `Binance has refused an order list on ${event.text("s")}: ${event.maybeText("r") ?? "no reason given"}`,
    isUrgent: true,
  };
}
