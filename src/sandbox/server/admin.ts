import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../base/clock.ts";
import { AssertionError } from "../../base/assert.ts";
import { MetaExpertError } from "../../base/errors.ts";
import type { Sandbox } from "../default-sandbox.ts";
import { readAct, readFault } from "./admin-input.ts";
import { isForThisMachine } from "./loopback.ts";
import { readBody } from "./request-body.ts";
import type { RequestLog } from "./request-log.ts";
import { stateOf } from "./state.ts";

export interface AdminDoor {
  readonly sandbox: Sandbox;
  readonly scheduler: Clock;
  readonly log: RequestLog;
  readonly failures: readonly string[];
  readonly token: string;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * The operator's port: `GET /state`, `GET /log`, `GET /faults`, `POST /faults`, `DELETE /faults`, `DELETE /faults/<id>`, `POST /acts`.
 * JSON in and out, and a bearer token with every request.
 */
export function createAdminHandler(door: AdminDoor): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    answerTo(door, request)
      .then(({ status, body }) => {
        const close = status >= 400 ? { connection: "close" } : {};
        response
          .writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...close })
          .end(`${JSON.stringify(body)}\n`);
      })
      .catch(() => response.destroy());
  };
}

async function answerTo(door: AdminDoor, request: IncomingMessage): Promise<Answer> {
  // Browsers name the page they act for; programs do not.
  if (!isForThisMachine(request.headers) || request.headers.origin !== undefined)
    return refusal(403, "This port is for programs on this machine");
  if (!isAuthorized(request, door.token)) return refusal(401, "Send the token that was shown at the start as Authorization: Bearer TOKEN");
  const body = await readBody(request);
  if (body === undefined) return refusal(413, "The body is longer than 64 kB");
  const [path = "/"] = (request.url ?? "/").split("?");
  try {
    return route(door, `${request.method ?? "GET"} ${path}`, body);
  } catch (error) {
    if (error instanceof MetaExpertError || error instanceof AssertionError) return refusal(400, error.message);
    throw error;
  }
}

function route({ sandbox, scheduler, log, failures }: AdminDoor, name: string, body: string): Answer {
  const { faults } = sandbox;
  switch (name) {
    case "GET /state":
      return ok({ time: Math.floor(scheduler.now()), requests: log.count, failures, ...stateOf(sandbox) });
    case "GET /log":
      return ok(log.latest(1_000));
    case "GET /faults":
      return ok({ active: faults.active, counts: faults.counts });
    case "DELETE /faults":
      faults.remove();
      return ok({ removed: "all" });
    case "POST /faults":
      return ok({ id: faults.add(readFault(readJson(body))) });
    case "POST /acts": {
      const problem = sandbox.act(readAct(readJson(body)));
      return problem === undefined ? ok({ done: true }) : refusal(400, problem);
    }
    default:
  }
  const id = /^DELETE \/faults\/([\w-]{1,40})$/.exec(name)?.[1];
  if (id === undefined) return refusal(404, "There is GET /state, GET /log, GET, POST and DELETE /faults, and POST /acts");
  faults.remove(id);
  return ok({ removed: id });
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function isAuthorized({ headers }: IncomingMessage, token: string): boolean {
  const given = Buffer.from(headers.authorization ?? "");
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function refusal(status: number, error: string): Answer {
  return { status, body: { error } };
}
