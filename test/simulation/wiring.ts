import type { Scheduler } from "../../src/base/scheduler.ts";
import type { Gateway } from "../../src/engine/gateway.ts";
import type { MarketSource } from "../../src/engine/market-source.ts";
import type { HttpTransport } from "../../src/exchanges/transport/http.ts";
import type { Disk } from "../../src/operations/disk.ts";
import type { OpenState } from "../../src/run/state.ts";
import type { Life } from "./life.ts";

/** Puts something between two parts of the product: a planted bug. What is absent leaves things as they are. */
export interface Wiring {
  readonly http?: (http: HttpTransport, process: Life) => HttpTransport;
  readonly source?: (source: MarketSource) => MarketSource;
  readonly gateway?: (gateway: Gateway, scheduler: Scheduler) => Gateway;
  readonly disk?: (disk: Disk) => Disk;
  readonly state?: (state: OpenState) => OpenState;
}

export const NO_WIRING: Wiring = {};
