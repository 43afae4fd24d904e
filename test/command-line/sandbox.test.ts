import { createHmac } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { metaexpert } from "./process.ts";
import { visitSandbox } from "./visit-sandbox.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "metaexpert-sandbox-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the sandbox answers as Binance does, to whoever has its key, and ends in order by SIGTERM", async () => {
  let tokenFile = "";
  const code = await visitSandbox(["--market", "spot", "--seed", "7", "--home", folder], async (announced) => {
    const { url, streams, adminUrl, adminTokenFile, apiKey, apiSecret, markets } = announced;
    tokenFile = adminTokenFile;
    expect(markets).toEqual(["spot"]);
    expect([url, streams, adminUrl].map((address) => new URL(address).hostname)).toEqual(["127.0.0.1", "127.0.0.1", "127.0.0.1"]);

    const { serverTime } = (await (await fetch(`${url}/api/v3/time`)).json()) as { serverTime: number };
    const query = `timestamp=${serverTime}`;
    const signature = createHmac("sha256", apiSecret).update(query).digest("hex");
    const account = await fetch(`${url}/api/v3/account?${query}&signature=${signature}`, { headers: { "X-MBX-APIKEY": apiKey } });
    expect(await account.json()).toMatchObject({ accountType: "SPOT", canTrade: true, canWithdraw: false });
    expect((await fetch(`${url}/api/v3/account?${query}&signature=${signature}`)).status).toBe(401);

    const token = readFileSync(adminTokenFile, "utf8").trim();
    if (process.platform !== "win32") expect(statSync(adminTokenFile).mode & 0o777).toBe(0o600);
    expect((await fetch(`${adminUrl}/state`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    expect((await fetch(`${adminUrl}/state`)).status).toBe(401);
  });
  expect(code).toBe(143);
  expect(existsSync(tokenFile)).toBe(false);
});

test("for people it prints addresses and the key as lines to copy, and ends by itself when asked to", async () => {
  const { code, stdout, stderr } = await metaexpert(["sandbox", "--duration", "1s", "--home", folder], { cwd: folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^Binance spot, linear, inverse on this machine: simulated markets \(seed 1\) and play money\.\n/);
  expect(stdout).toMatch(/HTTP +http:\/\/127\.0\.0\.1:\d+\n +Streams +ws:\/\/127\.0\.0\.1:\d+\n/);
  expect(stdout).toMatch(/\n {2}export BINANCE_API_KEY=\w{64}\n {2}export BINANCE_API_SECRET=\w{64}\n/);
});

test.each([
  [["--port", "http"], /--port: "http" is not a number/],
  [["--port", "70000"], /--port: 70000 is not a whole number from 0 to 65535/],
  [["--port", "9000", "--admin-port", "9000"], /--admin-port: it is the same as --port/],
  [["--market", "fx"], /--market: "fx" is none of spot, linear, inverse/],
  [["--duration", "soon"], /--duration: "soon" is not a length of time/],
  [["--seed", "1.5"], /--seed: 1\.5 is not a whole number/],
])("%j is refused in one sentence", async (args, says) => {
  const { code, stdout, stderr } = await metaexpert(["sandbox", ...args, "--home", folder], { cwd: folder });
  expect(stderr).toMatch(says);
  expect(stderr).toMatch(/^metaexpert: .+\n$/);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test("a port that is taken is told of", async () => {
  await visitSandbox(["--home", folder], async ({ url }) => {
    const { port } = new URL(url);
    const { code, stderr } = await metaexpert(["sandbox", "--port", port, "--home", folder], { cwd: folder });
    expect(stderr).toMatch(/^metaexpert: Port \d+ is in use; choose another one\n$/);
    expect(code).toBe(2);
  });
});
