import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A C source of this folder as a program in another; undefined without a compiler. */
export function compile(folder: string, name: string): string | undefined {
  const source = fileURLToPath(new URL(`${name}.c`, import.meta.url));
  const program = join(folder, name);
  const { status } = spawnSync("cc", ["-O2", "-D_GNU_SOURCE", "-o", program, source], { stdio: "ignore" });
  return status === 0 ? program : undefined;
}

export function moduleFile(name: string): string {
  return fileURLToPath(new URL(`${name}.ts`, import.meta.url));
}

/**
 * Before a program that may not wait for whatever else the machine does: real-time priority, where it is granted. On a busy machine the
 * tail of a latency tells of the scheduler otherwise.
 */
const PRIORITY = ["chrt", "-f", "1"] as const;
export const hasPriority = spawnSync(PRIORITY[0], [...PRIORITY.slice(1), "true"], { stdio: "ignore" }).status === 0;

/** What a program prints, run to its end. */
export function output(file: string, args: readonly string[]): string {
  const [command, ...words] = PRIORITY;
  const { stdout, stderr, status } = spawnSync(hasPriority ? command : file, hasPriority ? [...words, file, ...args] : args, {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${file} ${args.join(" ")} failed: ${stderr}`);
  return stdout.trim();
}

/** A program that is talked to line by line. */
export class Program {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(file: string, args: readonly string[]) {
    const [command, ...words] = PRIORITY;
    this.#child = spawn(hasPriority ? command : file, hasPriority ? [...words, file, ...args] : args, {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#lines = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    const next = await this.#lines.next();
    if (next.done === true) throw new Error("a program of the benchmark has ended too early");
    return next.value;
  }

  say(text: string): void {
    this.#child.stdin?.write(`${text}\n`);
  }

  /** Waits for its end. */
  async end(): Promise<void> {
    if (this.#child.exitCode === null) await new Promise((resolve) => this.#child.once("exit", resolve));
  }

  kill(): void {
    this.#child.kill();
  }
}

/** A folder that is memory, where the machine has one, so that no disk takes part. */
export function memoryFolder(): string {
  try {
    accessSync("/dev/shm", constants.W_OK);
    return "/dev/shm";
  } catch {
    return tmpdir();
  }
}

export function readTimes(file: string): BigInt64Array {
  const bytes = readFileSync(file);
  return new BigInt64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** The value below which a share of a sorted column lies. */
export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
}

export function medianOf(values: Iterable<number>): number {
  return quantile(Float64Array.from(values).toSorted(), 0.5);
}
