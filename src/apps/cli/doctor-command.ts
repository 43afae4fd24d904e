import type { CliContext } from "./context.ts";
export async function doctorCommand(_context: CliContext): Promise<void> {}
