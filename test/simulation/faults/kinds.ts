import { ACCOUNT_KINDS } from "./account.ts";
import { PROCESS_KINDS } from "./process.ts";
import { REQUEST_KINDS } from "./requests.ts";
import { STREAM_KINDS } from "./streams.ts";
import type { Kind } from "./kind.ts";

/** Every kind of trouble there is, by its name; the names in brackets are rows of the catalogue of faults. */
export const KINDS = { ...REQUEST_KINDS, ...STREAM_KINDS, ...ACCOUNT_KINDS, ...PROCESS_KINDS } satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;
