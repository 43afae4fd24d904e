import type { Parameters } from "../sign.ts";

/** A request before it is dated and signed. */
export interface BinanceRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Such as "/api/v3/order". */
  readonly path: string;
  readonly parameters: Parameters;
}

/** Why a request cannot be made of what was asked for, as a sentence. */
export interface Refusal {
  readonly refusal: string;
}

/** Parameters without those that are left out. */
export function parametersOf(values: Readonly<Record<string, string | undefined>>): Parameters {
  const present = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(present);
}
