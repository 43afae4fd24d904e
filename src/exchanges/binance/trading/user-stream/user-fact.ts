import type { Balance } from "../../../../domain/account.ts";
import type { VenueFill, VenueOrder, VenuePosition, VenueTransfer } from "../../../../engine/venue-facts.ts";

/** What one message of a private stream says. */
export type UserFact =
  | { readonly kind: "order"; readonly order: VenueOrder }
  | { readonly kind: "fill"; readonly fill: VenueFill; readonly order: VenueOrder }
  | { readonly kind: "balances"; readonly balances: readonly Balance[]; readonly time: number }
  | { readonly kind: "position"; readonly position: VenuePosition; readonly time: number }
  | { readonly kind: "transfer"; readonly transfer: VenueTransfer }
  /** Money has moved on a futures account; what and by how much to the last digit, with an id, only the income history says. */
  | { readonly kind: "income"; readonly reason: string; readonly asset: string; readonly time: number }
  /** A conditional order has become a regular one with another id. */
  | { readonly kind: "triggered"; readonly order: VenueOrder; readonly actualOrderId: string }
  /** Balances have changed in a way that the message does not tell in full. */
  | { readonly kind: "balancesChanged"; readonly reason: string }
  /** The stream will bring nothing more. */
  | { readonly kind: "ended"; readonly reason: string }
  /** Worth a line in the log. */
  | { readonly kind: "notice"; readonly text: string; readonly isUrgent: boolean }
  /** Understood, and of no interest. */
  | { readonly kind: "nothing" }
  /** An event that this version has never heard of. */
  | { readonly kind: "unheard"; readonly event: string };
