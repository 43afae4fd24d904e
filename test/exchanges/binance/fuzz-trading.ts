import { DataError } from "../../../src/base/errors.ts";
import { createRandom, type Random } from "../../../src/base/random.ts";
import {
  toFuturesBalances,
  toFuturesFill,
  toPosition,
  toSpotBalances,
  toSpotFill,
  toTransfer,
} from "../../../src/exchanges/binance/trading/rest/account.ts";
import { outcomeOf } from "../../../src/exchanges/binance/trading/outcome.ts";
import { toAlgoOrder, toFuturesOrder } from "../../../src/exchanges/binance/trading/rest/futures-orders.ts";
import { toSpotFills, toSpotOrder } from "../../../src/exchanges/binance/trading/rest/spot-orders.ts";
import { decodeUserEvent } from "../../../src/exchanges/binance/trading/user-stream/decode.ts";
import { parseJson } from "../../../src/exchanges/transport/lossless-json.ts";
import { fieldsOf } from "../../../src/exchanges/transport/wire-fields.ts";

/** Good messages from which bad ones are made. */
const SEEDS: readonly string[] = [
  '{"symbol":"LTCBTC","orderId":1,"orderListId":-1,"clientOrderId":"myOrder1","price":"0.1","origQty":"1.0","executedQty":"0.5","cummulativeQuoteQty":"0.05","status":"PARTIALLY_FILLED","timeInForce":"GTC","type":"LIMIT","side":"BUY","stopPrice":"0.0","updateTime":1499827319559,"fills":[{"price":"4000","qty":"1","commission":"4","commissionAsset":"USDT","tradeId":56}]}',
  '{"orderId":20072994037,"symbol":"BTCUSDT","status":"NEW","clientOrderId":"a","price":"30005","avgPrice":"0.0","origQty":"1","executedQty":"0","cumQuote":"0","timeInForce":"GTX","type":"LIMIT","origType":"LIMIT","reduceOnly":false,"side":"BUY","positionSide":"LONG","stopPrice":"0","updateTime":1629182711600}',
  '{"algoId":2146760,"clientAlgoId":"a","orderType":"TAKE_PROFIT","symbol":"BNBUSDT","side":"SELL","positionSide":"BOTH","timeInForce":"GTC","quantity":"0.01","algoStatus":"FINISHED","actualOrderId":"12","actualPrice":"750.1","actualQty":"0.01","triggerPrice":"750.000","price":"750.000","reduceOnly":true,"updateTime":1750514545091}',
  '{"e":"executionReport","E":1499405658658,"s":"ETHBTC","c":"x","S":"BUY","o":"LIMIT","f":"GTC","q":"1","p":"0.1","P":"0","C":"","x":"TRADE","X":"FILLED","r":"NONE","i":4293153,"l":"1","z":"1","L":"0.1","n":"0","N":null,"T":1499405658657,"t":7,"m":false,"Z":"0.1"}',
  '{"e":"ORDER_TRADE_UPDATE","E":1568879465651,"T":1568879465650,"o":{"s":"BTCUSDT","c":"autoclose-1","S":"SELL","o":"MARKET","f":"GTC","q":"0.001","p":"0","ap":"9","x":"CALCULATED","X":"FILLED","i":8886774,"l":"0.001","z":"0.001","L":"9","N":"USDT","n":"0","T":1568879465650,"t":0,"m":false,"R":false,"ot":"MARKET","ps":"BOTH","er":"5"}}',
  '{"e":"ACCOUNT_UPDATE","E":1,"T":1,"a":{"m":"FUNDING_FEE","B":[{"a":"USDT","wb":"1","cw":"1","bc":"-0.1"}],"P":[{"s":"BTCUSDT","pa":"20","ep":"6563.6","ps":"LONG"}]}}',
  '{"e":"ALGO_UPDATE","T":1,"E":2,"o":{"caid":"c","aid":1000000033225453,"o":"STOP_MARKET","s":"DOGEUSDT","S":"BUY","ps":"BOTH","f":"GTC","q":"38","X":"TRIGGERED","ai":"88937381063","ap":"0","aq":"0","tp":"0.1","p":"0","R":false}}',
  '{"subscriptionId":0,"event":{"e":"outboundAccountPosition","E":1,"u":1,"B":[{"a":"ETH","f":"1","l":"0"}]}}',
  '{"e":"balanceUpdate","E":1,"a":"BTC","d":"100","T":1}',
  '{"e":"MARGIN_CALL","E":1,"p":[{"s":"ETHUSDT","pa":"1"}]}',
  '{"e":"listStatus","E":1,"s":"ETHBTC","L":"REJECT","r":"NONE"}',
  '{"canTrade":true,"balances":[{"asset":"BTC","free":"1","locked":"0.5"}]}',
  '[{"asset":"USDT","balance":"1","availableBalance":"1"}]',
  '{"symbol":"ADAUSDT","positionSide":"BOTH","positionAmt":"30","entryPrice":"0.385"}',
  '{"symbol":"BNBBTC","id":28457,"orderId":100234,"price":"4","qty":"12","commission":"10.1","commissionAsset":"BNB","time":1,"isBuyer":true,"isMaker":false,"side":"SELL","maker":false}',
  '{"symbol":"BTCUSDT","incomeType":"FUNDING_FEE","income":"-0.375","asset":"USDT","time":1,"tranId":9689322392}',
  '{"code":-2010,"msg":"Account has insufficient balance for requested action."}',
];

const NASTY: readonly string[] = [
  "null",
  "true",
  "-1",
  "0",
  "1e999",
  "-1e-999",
  "9007199254740993",
  '""',
  '"NaN"',
  '"-"',
  '"1e400"',
  '"__proto__"',
  "[]",
  "{}",
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '"\\ud800"',
  "[[[[[[[[]]]]]]]]",
  `"${"9".repeat(400)}"`,
];

/** Every decoder of the trading side: what a text is to become. */
const DECODERS: ReadonlyArray<(value: unknown) => unknown> = [
  (value) => decodeUserEvent(value),
  (value) => toSpotOrder(fieldsOf(value, "fuzz")),
  (value) => toSpotFills(fieldsOf(value, "fuzz"), toSpotOrder(fieldsOf(value, "fuzz"))),
  (value) => toFuturesOrder(fieldsOf(value, "fuzz")),
  (value) => toAlgoOrder(fieldsOf(value, "fuzz")),
  (value) => toSpotBalances(value),
  (value) => toFuturesBalances(value),
  (value) => toPosition(fieldsOf(value, "fuzz")),
  (value) => toSpotFill(fieldsOf(value, "fuzz")),
  (value) => toFuturesFill(fieldsOf(value, "fuzz")),
  (value) => toTransfer(fieldsOf(value, "fuzz")),
];

export interface FuzzResult {
  readonly iterations: number;
  /** Messages that at least one decoder has taken. */
  readonly taken: number;
}

/**
 * Shows spoiled messages to every decoder of the trading side: each must take one or refuse it with a `DataError`, an answer must have an
 * outcome, and no object may learn a property that it did not have. Throws with the text that broke this.
 */
export function fuzzTradingDecoders(seed: number, iterations: number): FuzzResult {
  const random = createRandom(seed);
  // Most messages are refused, and nobody looks at where.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return { iterations, taken: fuzz(random, iterations) };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function fuzz(random: Random, iterations: number): number {
  let taken = 0;
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    const text = spoil(random);
    const parsed = attempt(text, () => parseJson(text));
    let wasTaken = false;
    if (parsed !== REFUSED) {
      for (const decode of DECODERS) wasTaken = attempt(text, () => decode(parsed)) !== REFUSED || wasTaken;
    }
    for (const market of ["spot", "linear"] as const) {
      const status = pick(random, [200, 200, 400, 418, 429, 503]);
      const { kind } = outcomeOf({ market, kind: pick(random, ["submit", "cancel", "amend"] as const), answer: { status, body: text } });
      if (kind === "acknowledged" && status !== 200) throw new Error(`acknowledged with HTTP ${status}: ${text}`);
    }
    if (wasTaken) taken += 1;
    if (Object.hasOwn(Object.prototype, "polluted") || "polluted" in {}) throw new Error(`polluted by ${text}`);
  }
  return taken;
}

const REFUSED = Symbol("refused");

function attempt(text: string, action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    if (error instanceof DataError) return REFUSED;
    throw new Error(`a decoder failed on ${text}`, { cause: error });
  }
}

/** A good message with one to three things wrong. */
function spoil(random: Random): string {
  let text = pick(random, SEEDS);
  for (let left = 1 + Math.floor(random.next() * 3); left > 0; left -= 1) text = spoilOnce(text, random);
  return text;
}

function spoilOnce(text: string, random: Random): string {
  const at = Math.floor(random.next() * (text.length + 1));
  switch (Math.floor(random.next() * 6)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + String.fromCharCode(Math.floor(random.next() * 0x250)) + text.slice(at + 1);
    case 2:
      return replaceValue(text, random, pick(random, NASTY));
    case 3:
      return removeField(text, random);
    case 4:
      return replaceValue(text, random, `"${pick(random, ["SIDEWAYS", "EXPIRED", "0.00000001", "1.5e3", "-7", "TRAILING_STOP_MARKET"])}"`);
    default:
      return text.slice(0, at) + pick(random, SEEDS).slice(0, at) + text.slice(at);
  }
}

const FIELD = /"[^"]*":("[^"]*"|[\d.-]+|true|false|null),?/g;

function replaceValue(text: string, random: Random, value: string): string {
  const field = pickMatch(text, random);
  if (field === undefined) return value;
  const [whole, former = ""] = field;
  return text.replace(whole, () => whole.replace(former, () => value));
}

function removeField(text: string, random: Random): string {
  const field = pickMatch(text, random);
  return field === undefined ? text : text.replace(field[0], "").replace(",}", "}");
}

function pickMatch(text: string, random: Random): RegExpExecArray | undefined {
  const fields = [...text.matchAll(FIELD)];
  return fields.length === 0 ? undefined : pick(random, fields);
}

function pick<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random.next() * values.length)] as T;
}
