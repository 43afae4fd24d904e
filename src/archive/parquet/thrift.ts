import { DataError } from "../../base/errors.ts";

/** Types of Apache Thrift's compact protocol, in which Parquet writes its headers. */
const STOP = 0;
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const I16 = 4;
const I32 = 5;
const I64 = 6;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

const DEPTH_MAX = 16;

/** A value of a Thrift structure. Whole numbers stay below 2^53 in every header that we write. */
export type ThriftValue = boolean | number | Uint8Array | readonly ThriftValue[] | ThriftStruct;
/** Fields by their number. */
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;

/** A field to write: its number and its value. A structure is a list of fields. */
export type ThriftField = readonly [id: number, value: ThriftOut];
export type ThriftOut =
  | { readonly bool: boolean }
  | { readonly byte: number }
  | { readonly i32: number }
  | { readonly i64: number }
  | { readonly text: string }
  | { readonly bytes: Uint8Array }
  | { readonly struct: readonly ThriftField[] }
  | { readonly list: readonly ThriftOut[] };

/** Writes one structure in the compact protocol. */
export function encodeThrift(fields: readonly ThriftField[]): Uint8Array {
  const out: number[] = [];
  writeStruct(out, fields);
  return Uint8Array.from(out);
}

/** Reads one structure; `end` is the offset behind it. */
export function decodeThrift(bytes: Uint8Array, offset = 0): { readonly struct: ThriftStruct; readonly end: number } {
  const reader = new ThriftReader(bytes, offset);
  const struct = reader.struct(0);
  return { struct, end: reader.offset };
}

/** Appends an unsigned number as base-128 digits, lowest first. */
export function writeVarint(out: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    out.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
}

/** Appends a signed number so that small ones of either sign stay short. */
export function writeZigzag(out: number[], value: number): void {
  writeVarint(out, value < 0 ? -2 * value - 1 : 2 * value);
}

function writeStruct(out: number[], fields: readonly ThriftField[]): void {
  let last = 0;
  for (const [id, value] of fields) {
    const type = "bool" in value ? (value.bool ? TRUE : FALSE) : typeOf(value);
    const step = id - last;
    if (step > 0 && step <= 15) out.push(step * 16 + type);
    else {
      out.push(type);
      writeZigzag(out, id);
    }
    if (!("bool" in value)) writeValue(out, value);
    last = id;
  }
  out.push(STOP);
}

function typeOf(value: ThriftOut): number {
  if ("bool" in value) return TRUE;
  if ("byte" in value) return BYTE;
  if ("i32" in value) return I32;
  if ("i64" in value) return I64;
  if ("text" in value || "bytes" in value) return BINARY;
  return "struct" in value ? STRUCT : LIST;
}

function writeValue(out: number[], value: ThriftOut): void {
  if ("bool" in value) out.push(value.bool ? TRUE : FALSE);
  else if ("byte" in value) out.push(value.byte & 255);
  else if ("i32" in value) writeZigzag(out, value.i32);
  else if ("i64" in value) writeZigzag(out, value.i64);
  else if ("text" in value) writeBytes(out, new TextEncoder().encode(value.text));
  else if ("bytes" in value) writeBytes(out, value.bytes);
  else if ("struct" in value) writeStruct(out, value.struct);
  else {
    const first = value.list[0];
    const type = first === undefined ? STRUCT : typeOf(first);
    if (value.list.length < 15) out.push(value.list.length * 16 + type);
    else {
      out.push(15 * 16 + type);
      writeVarint(out, value.list.length);
    }
    for (const item of value.list) writeValue(out, item);
  }
}

function writeBytes(out: number[], bytes: Uint8Array): void {
  writeVarint(out, bytes.length);
  for (const byte of bytes) out.push(byte);
}

class ThriftReader {
  offset: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, offset: number) {
    this.#bytes = bytes;
    this.offset = offset;
  }

  struct(depth: number): ThriftStruct {
    if (depth > DEPTH_MAX) throw broken();
    const fields = new Map<number, ThriftValue>();
    let id = 0;
    for (;;) {
      const head = this.#byte();
      const type = head & 15;
      if (type === STOP) return fields;
      id = head >>> 4 === 0 ? this.#zigzag() : id + (head >>> 4);
      fields.set(id, type === TRUE ? true : type === FALSE ? false : this.#value(type, depth));
    }
  }

  #value(type: number, depth: number): ThriftValue {
    switch (type) {
      case TRUE:
      case FALSE:
        return this.#byte() === TRUE;
      case BYTE:
        return (this.#byte() << 24) >> 24;
      case I16:
      case I32:
      case I64:
        return this.#zigzag();
      case DOUBLE:
        return new DataView(this.#take(8).slice().buffer).getFloat64(0, true);
      case BINARY:
        return this.#take(this.#varint());
      case LIST:
        return this.#list(depth);
      case STRUCT:
        return this.struct(depth + 1);
      default:
        throw broken();
    }
  }

  #list(depth: number): readonly ThriftValue[] {
    const head = this.#byte();
    const size = head >>> 4 === 15 ? this.#varint() : head >>> 4;
    if (size > this.#bytes.length) throw broken();
    return Array.from({ length: size }, () => this.#value(head & 15, depth + 1));
  }

  #take(length: number): Uint8Array {
    const end = this.offset + length;
    if (end > this.#bytes.length) throw broken();
    const part = this.#bytes.subarray(this.offset, end);
    this.offset = end;
    return part;
  }

  #byte(): number {
    const byte = this.#bytes[this.offset];
    if (byte === undefined) throw broken();
    this.offset += 1;
    return byte;
  }

  #varint(): number {
    let value = 0;
    for (let factor = 1; factor < 2 ** 63; factor *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    throw broken();
  }

  #zigzag(): number {
    const value = this.#varint();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }
}

function broken(): DataError {
  return new DataError("the Parquet header is broken");
}
