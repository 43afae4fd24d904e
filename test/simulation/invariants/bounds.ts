import { JournalError, MetaExpertError } from "../../../src/base/errors.ts";
import type { InvariantMaker } from "../invariant.ts";
import { CANARY_KEY, CANARY_SECRET } from "../world.ts";

/** Neither the key nor its secret is ever written. */
export const secretsStayInside: InvariantMaker = (_view, fail) => ({
  onText(where, text) {
    if (text.includes(CANARY_SECRET)) fail(`the secret stands in ${where}`);
    if (text.includes(CANARY_KEY)) fail(`the key stands in ${where}`);
  },
});

const REQUESTS_MAX = 100;
const SOCKETS_MAX = 12;
/** A handful is what faults bring about. */
const EVENTS_MAX = 100;

/** What waits for the exchange is bounded, and so is what the session has not handled yet. */
export const boundedQueues: InvariantMaker = (view, fail) => {
  let requests = 0;
  let sockets = 0;
  let owner: unknown;
  return {
    onSend(_request, process) {
      if (owner !== process) [owner, requests, sockets] = [process, 0, 0];
      requests += 1;
      if (requests > REQUESTS_MAX) fail(`${requests} requests wait for an answer`);
    },
    onSettled(_request, process) {
      if (owner === process) requests -= 1;
    },
    onSocket(_url, isOpen, process) {
      if (owner !== process) [owner, requests, sockets] = [process, 0, 0];
      sockets += isOpen ? 1 : -1;
      if (sockets > SOCKETS_MAX) fail(`${sockets} sockets are open`);
    },
    onStep() {
      const { process } = view;
      if (process?.isOver !== false) return;
      const { length = 0 } = process.inbox ?? {};
      if (length > EVENTS_MAX) fail(`${length} events wait for the session`);
    },
  };
};

/** A paper run asks, and never acts: nothing it sends is signed or carries a key. */
export const paperSignsNothing: InvariantMaker = (view, fail) => ({
  onSend({ method, url, headers = {} }) {
    if (!view.isPaper) return;
    const names = Object.keys(headers).map((name) => name.toLowerCase());
    if (method !== "GET" || url.includes("signature=") || names.includes("x-mbx-apikey"))
      fail(`a paper run sends ${method} ${new URL(url).pathname}`);
  },
});

/** A process ends for a reason that it understands, and only a disk or its limits make it end by itself. */
export const staysAlive: InvariantMaker = (view, fail) => {
  let told: unknown;
  return {
    onStep() {
      const { process } = view;
      if (process === undefined || process.isDead || told === process) return;
      const { failure, outcome } = process;
      if (failure === undefined && outcome === undefined) return;
      told = process;
      if (failure !== undefined && !(failure instanceof MetaExpertError)) fail(`the start has failed: ${textOf(failure)}`);
      if (failure instanceof JournalError && !view.world.journal.isTroubled) fail(`the start has failed: ${failure.message}`);
      if (outcome?.failure !== undefined && !view.world.journal.isTroubled) fail(`the run has failed: ${outcome.failure}`);
    },
  };
};

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
