/**
 * The faults that the project has to bear, F01 to F104, each with the tests that prove it or with the reason why there is none yet.
 * A test that proves a row begins its name with the row's id: "F01: a market order …".
 */

/** One fault. */
export type FaultRow = {
  /** `F01` to `F104`. */
  readonly id: string;
  /** What goes wrong. */
  readonly title: string;
} & (
  | {
      readonly tests: "named";
      /** What of it does not apply yet, in one sentence. */
      readonly except?: string;
    }
  /** Why it does not apply yet, in one sentence. */
  | { readonly notYet: string }
);

export const faultRows: readonly FaultRow[] = [
  { id: "F01", title: "MARKET accepted and filled, response lost", tests: "named" },
  { id: "F02", title: "Request lost before venue", tests: "named" },
  { id: "F03", title: "Slow request arrives after client timeout, inside recvWindow", tests: "named" },
  {
    id: "F04",
    title: "HTTP 503/-1006/-1007/50004/51149/51054/10000/170007/10016/25001: outcome unknown",
    tests: "named",
    except: "the codes of other exchanges come with their adapters",
  },
  { id: "F05", title: "UDS says NEW before the REST timeout fires; retry timer pending", tests: "named" },
  { id: "F06", title: "Query right after create says not found (eventual consistency)", tests: "named" },
  { id: "F07", title: "Query endpoint down (DNS, 5xx) while order live", tests: "named" },
  { id: "F08", title: "Cancel times out", tests: "named" },
  { id: "F09", title: 'Cancel → "unknown order", order fills hours later', tests: "named" },
  { id: "F10", title: "Cancel races full fill; Bybit sends two Filled messages", tests: "named" },
  { id: "F11", title: "Amend/cancel-replace: cancel ok + new failed (409/-2021), or reverse", tests: "named" },
  { id: "F12", title: "Batch: HTTP error without per-order result; or mixed result", tests: "named" },
  { id: "F13", title: "Strategy loops: same signal every tick", tests: "named" },
  { id: "F14", title: 'Partial fill then venue cancel (STP, expiry, Bybit "Cancelled may have executed qty")', tests: "named" },
  { id: "F15", title: "Post-only crosses: only canceled arrives, no live (OKX Jul-Aug 2026)", tests: "named" },
  { id: "F16", title: "Fill arrives before ack", tests: "named" },
  { id: "F17", title: "Async ack then reject (Bybit/KuCoin ack != accepted)", tests: "named" },
  { id: "F18", title: "Response ok but no orderId (Bitget reduce-only case)", tests: "named" },
  { id: "F19", title: "Precision/step/min-notional reject after filters changed mid-run", tests: "named" },
  { id: "F20", title: "Fee taken in base coin → sell more than owned (dust)", tests: "named" },
  {
    id: "F21",
    title: "Market order with empty/thin book; partial + expired",
    tests: "named",
    except: "slippagePct refuses nothing yet outside a backtest; the collar around the last price does",
  },
  { id: "F22", title: "Id >= 2^53 in REST and WS", tests: "named" },
  { id: "F23", title: "Client id collision after restart (counter reset)", tests: "named" },
  { id: "F24", title: "Kill while placing a bracket (entry sent, stop not)", tests: "named" },
  { id: "F25", title: "OCO/TP+SL: one leg fills, sibling cancel fails", tests: "named" },
  { id: "F26", title: "10 % of orders rejected at random", tests: "named" },
  { id: "F27", title: "WS down 40 s, 3 fills missed", tests: "named" },
  { id: "F28", title: "Reconnect replays old fills; REST backfill overlaps stream", tests: "named" },
  { id: "F29", title: "Inferred fill created, then the real fill arrives late", tests: "named" },
  { id: "F30", title: "Subscribed OK, no data for hours, pings fine", tests: "named" },
  { id: "F31", title: "listenKey expires / keepalive PUT fails / -1125 / listenKeyExpired (futures)", tests: "named" },
  {
    id: "F32",
    title: "24 h disconnect; serverShutdown; OKX 64008; KuCoin token 24 h",
    tests: "named",
    except: "the notices of OKX and KuCoin come with their adapters",
  },
  { id: "F33", title: "Auth/login on reconnect fails or half succeeds", tests: "named" },
  { id: "F34", title: "Messages reordered across streams (order vs account vs position)", tests: "named" },
  { id: "F35", title: "External/manual order or position on account", tests: "named" },
  { id: "F36", title: "Position differs from sum of fills", tests: "named" },
  { id: "F37", title: "REST positions call errors/empty during incident", tests: "named" },
  { id: "F38", title: "Pagination: 1,200 fills in gap; page cap; same-ms boundary", tests: "named" },
  { id: "F39", title: "Down 3 h, OKX order cancelled unfilled then purged", tests: "named" },
  { id: "F40", title: "Restart with open orders of deleted/renamed strategy", tests: "named" },
  { id: "F41", title: "Snapshot race: fill lands between orders and positions query", tests: "named" },
  { id: "F42", title: "Reconcile twice", tests: "named" },
  {
    id: "F43",
    title: "Two accounts, same symbol",
    tests: "named",
    except: "on futures Binance does not say which account a key belongs to, so another one is noticed by its positions",
  },
  { id: "F44", title: "Entry partly filled, then cancelled; stop below min-notional", tests: "named" },
  { id: "F45", title: 'Stop rejected "would trigger immediately" -2021/110092/110093', tests: "named" },
  { id: "F46", title: "Stop-limit gapped through", tests: "named" },
  { id: "F47", title: "Venue cancels stops (maintenance, bug, algo purge)", tests: "named" },
  { id: "F48", title: "Trailing/replace: old cancelled, new fails", tests: "named" },
  { id: "F49", title: "Stop filled while exit order open", tests: "named" },
  { id: "F50", title: "Liquidation / BustTrade / account in liquidation (-2023, 50020, 300014)", tests: "named" },
  { id: "F51", title: "ADL reduces position", tests: "named" },
  { id: "F52", title: "Funding charged/received, interval changes 8h → 1h, at restart boundary", tests: "named" },
  { id: "F53", title: "Collateral depeg / mark != last", tests: "named" },
  { id: "F54", title: "Hedge/one-way mismatch: -4061, 10001 text, 51000 posSide, 40774", tests: "named" },
  { id: "F55", title: "reduce-only reject: -2022, 110017, 51169/51170, 22002", tests: "named" },
  { id: "F56", title: "Leverage/margin mode changed outside", tests: "named" },
  { id: "F57", title: "Insufficient margin: -2019, 110007, 51008, 40762/43012, 300003", tests: "named" },
  { id: "F58", title: "Transfer/withdraw by user mid-trade", tests: "named" },
  { id: "F59", title: "Delist, settlement, symbol rename, tick/contract multiplier or split change", tests: "named" },
  { id: "F60", title: "Fee tier/asset (BNB, KCS, rebate) changes", tests: "named" },
  { id: "F61", title: "Daily-loss stop hit, process restarts", tests: "named" },
  { id: "F62", title: "Inverse/quanto vs linear qty unit, contract size != 1", tests: "named" },
  { id: "F63", title: "Sequence gap (each dialect)", tests: "named" },
  { id: "F64", title: "Snapshot older than first delta; needs refetch", tests: "named" },
  { id: "F65", title: "Reconnect keeps ghost levels", tests: "named" },
  {
    id: "F66",
    title: "OKX seqId < prevSeqId (reset), = (heartbeat); Bybit u=1; checksum 0",
    notYet: "OKX, Bybit and Kucoin are not connected yet; of Binance the sequence rules of spot and futures stand under F63 to F65.",
  },
  { id: "F67", title: "TCP open, no data (half-open), or only pings", tests: "named" },
  { id: "F68", title: "Candle late, corrected, duplicated, missing; exchange clock vs local at boundary", tests: "named" },
  { id: "F69", title: "Price 0, negative, 1e12x spike, crossed quote, empty book, NaN string", tests: "named" },
  { id: "F70", title: "Unknown field/enum/event type, missing field, number as string", tests: "named" },
  { id: "F71", title: "Burst 20x rate for 60 s", tests: "named" },
  { id: "F72", title: "Symbol HALT / CANCEL_ONLY / call auction / maintenance (10016, 40200, 50001, 300002, 41114)", tests: "named" },
  { id: "F73", title: "Clock ahead 1.5 s / behind 6 s: -1021, 10002, 50102, 40008, 400002", tests: "named" },
  { id: "F74", title: "NTP step back 2 s, DST, leap smear, suspend 2 h", tests: "named" },
  { id: "F75", title: "429 with Retry-After", tests: "named" },
  { id: "F76", title: "418 / Bybit 403 (10 min) / KuCoin 1015 (30 s) ban", tests: "named" },
  { id: "F77", title: "Two processes share the IP limit", tests: "named" },
  { id: "F78", title: "Reconnect storm", tests: "named" },
  { id: "F79", title: "TLS error, proxy HTML page with 200, truncated JSON, gzip bomb, 302 to other host", tests: "named" },
  { id: "F80", title: "DNS fails / resolves elsewhere; IPv6 black hole", tests: "named" },
  { id: "F81", title: "Key revoked, IP whitelist, permission lost (-2015, 10010, 50110, 40018, 400006)", tests: "named" },
  {
    id: "F82",
    title: "One venue down, others fine",
    notYet: "One run trades at one exchange, and runs are processes of their own; it applies with the second exchange.",
  },
  { id: "F83", title: "kill -9 before/after every write, fsync, rename, send, recv", tests: "named" },
  { id: "F84", title: "Torn last record, zero-filled tail, bit flip, truncated file, swapped files", tests: "named" },
  { id: "F85", title: "ENOSPC, EIO, EROFS, fsync error", tests: "named" },
  { id: "F86", title: "fsync lies + power cut", tests: "named" },
  { id: "F87", title: "Two instances on one account/state dir", tests: "named" },
  { id: "F88", title: "SIGTERM mid-order, double Ctrl-C, OOM kill, uncaught exception, unhandledRejection", tests: "named" },
  {
    id: "F89",
    title: "Event loop blocked 30 s (sync indicator, GC)",
    notYet:
      "There is no watchdog outside the loop and no dead-man switch yet; stops rest at the exchange, and a blocked run counts as stale when it wakes.",
  },
  {
    id: "F90",
    title: "Worker dies / message lost / backpressure",
    notYet: "There are no workers yet: market data, decisions and orders live in one thread.",
  },
  { id: "F91", title: "Upgrade: old journal, new code; then downgrade", tests: "named" },
  { id: "F92", title: "Config changed between runs (symbol, leverage, mode live<→paper)", tests: "named" },
  { id: "F93", title: "setTimeout > 2^31-1 ms fires at once; timer drift; midnight/UTC rollover", tests: "named" },
  {
    id: "F94",
    title: "Wrong/partial deploy: mixed versions of core/worker/UI",
    notYet: "Nothing is deployed in parts yet: one process with one version, which the journal's format guards (F91).",
  },
  { id: "F95", title: "Log disk slow / logger throws / stdout EPIPE", tests: "named" },
  { id: "F96", title: "Memory growth over days (dedupe sets, books, timers)", tests: "named" },
  { id: "F97", title: "Kill during reconnect, ban or mid-batch", tests: "named" },
  { id: "F98", title: "Kill, then restart by supervisor", tests: "named" },
  {
    id: "F99",
    title: "Dead-man switch (countdown cancel) lapses while process is fine",
    notYet: "No dead-man switch is set at an exchange yet.",
  },
  {
    id: "F100",
    title: "Telegram/HTTP command repeated, delayed 1 h, out of order",
    notYet: "There are no commands over Telegram or HTTP yet.",
  },
  { id: "F101", title: "Force-exit while strategy enters", tests: "named" },
  { id: "F102", title: "Manual close on the venue's app", tests: "named" },
  { id: "F103", title: "Alert channel down", notYet: "There is no channel for alerts beside log, screen and the expert's onError yet." },
  { id: "F104", title: "Clock/latency/limits dashboard stale", tests: "named" },
];
