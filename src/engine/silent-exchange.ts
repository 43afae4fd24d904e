import type { Instrument } from "../domain/instrument.ts";
import type { Exchange, ExchangeCapabilities } from "./exchange.ts";

/** An exchange that takes every request and says nothing: what a real one has answered comes from the journal. */
export class SilentExchange implements Exchange {
  readonly name: string;
  readonly capabilities: ExchangeCapabilities;
  readonly instruments: readonly Instrument[];

  constructor(name: string, capabilities: ExchangeCapabilities, instruments: readonly Instrument[]) {
    this.name = name;
    this.capabilities = capabilities;
    this.instruments = instruments;
  }

  connect(): void {}

  submit(): void {}

  submitGroup(): void {}

  amend(): void {}

  cancel(): void {}
}
