import { NotSupportedError } from "../../base/errors.ts";
import type { CliContext } from "./context.ts";

/** What `metaexpert new` is told by flags instead of answers. */
export interface NewFlags {
  readonly exchange?: string;
  readonly market?: string;
  readonly style?: string;
  readonly yes?: boolean;
}

export async function newCommand(_name: string | undefined, _flags: NewFlags, _context: CliContext): Promise<void> {
  throw new NotSupportedError("new is not there yet");
}
