import { DataError } from "../../../base/errors.ts";
import { tryParseDecimal, type Decimal } from "../../../base/decimal.ts";
import { numberOf, type Fields } from "../../transport/wire-fields.ts";

/** A price: above zero. */
export function priceOf(value: unknown, where: string): number {
  const price = numberOf(value, where);
  if (!(price > 0)) throw new DataError(`${where}: a price has to be above zero`);
  return price;
}

/** A quantity: zero or more. */
export function quantityOf(value: unknown, where: string): number {
  const quantity = numberOf(value, where);
  if (!(quantity >= 0)) throw new DataError(`${where}: a quantity cannot be below zero`);
  // "-0" is a zero.
  return quantity === 0 ? 0 : quantity;
}

/** Milliseconds since the epoch: a whole number from 0 on. */
export function timeOf(value: unknown, where: string): number {
  const time = numberOf(value, where);
  if (!Number.isSafeInteger(time) || time < 0) throw new DataError(`${where}: expected a time in milliseconds`);
  return time;
}

/** The digits of an id, however many there are. */
export function idOf(fields: Fields, name: string): string {
  const id = fields.text(name);
  if (!/^\d{1,30}$/.test(id)) throw new DataError(`${fields.where}, field "${name}": expected the digits of an id`);
  return id;
}

/** An update id of an order book: a whole number that is still exact as a double. */
export function updateIdOf(fields: Fields, name: string): number {
  const id = fields.raw(name);
  if (typeof id === "number" && Number.isSafeInteger(id) && id >= 0) return id;
  throw new DataError(`${fields.where}, field "${name}": expected an update id below 2^53`);
}

/** An exact decimal, as text or as a number. */
export function decimalOf(value: unknown, where: string): Decimal {
  const text = typeof value === "number" ? String(value) : value;
  const decimal = typeof text === "string" ? tryParseDecimal(text) : undefined;
  if (decimal === undefined) throw new DataError(`${where}: expected a decimal number`);
  return decimal;
}

/** Refuses a message of another kind. */
export function expectEvent(fields: Fields, event: string): void {
  if (fields.raw("e") !== event) throw new DataError(`${fields.where}: field "e" is not "${event}"`);
}
