import type { Feed, SessionEvent, StreamInfo } from "../engine/feed.ts";

/** A feed that shows each event to somebody before it hands it on. */
export class ObservedFeed implements Feed {
  readonly streams: readonly StreamInfo[];
  readonly #feed: Feed;
  readonly #look: (event: SessionEvent) => void;

  constructor(feed: Feed, look: (event: SessionEvent) => void) {
    this.streams = feed.streams;
    this.#feed = feed;
    this.#look = look;
  }

  next(): SessionEvent | undefined | Promise<SessionEvent | undefined> {
    const event = this.#feed.next();
    return event instanceof Promise ? event.then((value) => this.#shown(value)) : this.#shown(event);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#feed[Symbol.asyncDispose]();
  }

  #shown(event: SessionEvent | undefined): SessionEvent | undefined {
    if (event !== undefined) this.#look(event);
    return event;
  }
}
