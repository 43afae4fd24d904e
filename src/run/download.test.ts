import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openArchive } from "../archive/open.ts";
import { NetworkError } from "../base/errors.ts";
import { downloadYear, hasYear, type YearOfBars } from "./download.ts";

const wanted: YearOfBars = { symbol: "BTCUSDT", timeframe: "1d", year: 2023 };

let folder: string;
let server: Server;
let port: number;
let requests: string[];
/** What the server does to a file on its way. */
let disturb: (path: string, bytes: Uint8Array) => Uint8Array | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "metaexpert-download-"));
  requests = [];
  disturb = (_path, bytes) => bytes;
  server = createServer((request, response) => {
    const path = request.url ?? "";
    requests.push(path);
    const file = zipOf(path.replace(/\.CHECKSUM$/, ""));
    const bytes = path.endsWith(".CHECKSUM") ? strToU8(`${hashOf(file)}  ${path.split("/").at(-1) ?? ""}\n`) : file;
    const sent = disturb(path, bytes);
    response.statusCode = sent === undefined ? 404 : 200;
    response.end(sent);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

test("a year is fetched, checked and imported, and nothing else is left behind", async () => {
  await using archive = openArchive(join(folder, "archive"));
  const seen: number[] = [];
  await download((files) => seen.push(files));
  expect(await hasYear(archive, wanted)).toBe(true);
  expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(requests).toHaveLength(24);
  expect(requests[1]).toBe("/data/spot/monthly/klines/BTCUSDT/1d/BTCUSDT-1d-2023-01.zip");
  expect(existsSync(join(folder, "downloads"))).toBe(false);
});

test("a file that differs from its checksum is refused and nothing is stored", async () => {
  disturb = (path, bytes) => (path.endsWith("-05.zip") ? bytes.slice(1) : bytes);
  await expect(download()).rejects.toThrow(/BTCUSDT-1d-2023-05\.zip does not have the checksum/);
  expect(existsSync(join(folder, "archive"))).toBe(false);
});

test("files that have come are not fetched again after a failure", async () => {
  disturb = (path, bytes) => (path.endsWith("-05.zip") ? undefined : bytes);
  await expect(download()).rejects.toThrow(/does not exist/);
  requests = [];
  disturb = (_path, bytes) => bytes;
  await download();
  expect(requests.filter((path) => path.endsWith(".zip"))).toHaveLength(8);
});

test("a server that nobody reaches is a network error at once", async () => {
  server.close();
  server.closeAllConnections();
  await expect(download()).rejects.toThrow(NetworkError);
});

test("a checksum file that is a web page is refused", async () => {
  disturb = () => strToU8("<html>please log in</html>");
  await expect(download()).rejects.toThrow(/holds no SHA-256/);
});

async function download(onProgress: (files: number) => void = () => {}): Promise<void> {
  await using archive = openArchive(join(folder, "archive"));
  await downloadYear(wanted, { archive, folder: join(folder, "downloads"), onProgress, baseUrl: `http://127.0.0.1:${port}` });
}

/** A month of daily bars as Binance packs it. */
function zipOf(path: string): Uint8Array {
  const [, year = "2023", month = "01"] = /(\d{4})-(\d{2})\.zip$/.exec(path) ?? [];
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const rows = Array.from({ length: days }, (_, day) => {
    const time = Date.UTC(Number(year), Number(month) - 1, day + 1);
    return `${time},100.00,110.00,90.00,105.00,7.5,${time + 86_399_999},780.0,10,3.0,300.0,0`;
  });
  return zipSync({ [`BTCUSDT-1d-${year}-${month}.csv`]: [strToU8(`${rows.join("\n")}\n`), { mtime: "2023-06-01" }] });
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
