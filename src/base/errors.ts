export interface MetaExpertErrorOptions extends ErrorOptions {
  /** What has been tried against it already, in words. */
  readonly recovery?: string;
}

/** What the world did to us. The message is one clear sentence that says what to do about it. */
export abstract class MetaExpertError extends Error {
  /** Stable machine-readable name, `ME_<AREA>_<WHAT>`. */
  abstract readonly code: string;
  /** Whether the same request may succeed later without a change by the user. */
  readonly retryable: boolean = false;
  /** What has been tried against it already, in words; undefined when nothing was. */
  readonly recovery: string | undefined;

  constructor(message?: string, options?: MetaExpertErrorOptions) {
    super(message, options);
    this.recovery = options?.recovery;
  }
}

/** The configuration, the command line or an expert's definition asks for something impossible. */
export class ConfigurationError extends MetaExpertError {
  override readonly name = "ConfigurationError";
  readonly code: string = "ME_CONFIGURATION";
}

/** An option is known and valid, and what it does is not part of this version. */
export class NotSupportedError extends ConfigurationError {
  override readonly code = "ME_NOT_SUPPORTED";
}

/** A file, an archive or a feed holds something that cannot be read or cannot be true. */
export class DataError extends MetaExpertError {
  override readonly name = "DataError";
  readonly code: string = "ME_DATA";
}

/** The data asked for is not in the archive. */
export class MissingDataError extends DataError {
  override readonly code = "ME_DATA_MISSING";
}

/** An expert's own code threw; `cause` is what it threw. */
export class ExpertError extends MetaExpertError {
  override readonly name = "ExpertError";
  readonly code = "ME_EXPERT";
}

/** The connection failed, timed out or was refused before an answer came. */
export class NetworkError extends MetaExpertError {
  override readonly name = "NetworkError";
  readonly code = "ME_NETWORK";
  override readonly retryable = true;
  /** Whether a byte of the request may have reached the other side. */
  readonly wasSent: boolean;

  constructor(message: string, options?: MetaExpertErrorOptions & { readonly wasSent?: boolean }) {
    super(message, options);
    this.wasSent = options?.wasSent ?? true;
  }
}

/** The exchange asks to wait, or would if asked now. */
export class RateLimitedError extends MetaExpertError {
  override readonly name = "RateLimitedError";
  readonly code = "ME_RATE_LIMITED";
  override readonly retryable = true;
  readonly retryAfterMs: number;

  constructor(exchange: string, retryAfterMs: number, options?: MetaExpertErrorOptions) {
    super(`${exchange} asks to wait ${Math.ceil(retryAfterMs)} ms before the next request`, options);
    this.retryAfterMs = retryAfterMs;
  }
}

/** The exchange does not take the key: unknown, revoked, bound to another address, or without the right that is needed. */
export class AuthenticationError extends MetaExpertError {
  override readonly name = "AuthenticationError";
  readonly code = "ME_AUTHENTICATION";
}

/** The exchange has answered "no" to a question or a setting. Orders that are refused are values, not errors. */
export class ExchangeError extends MetaExpertError {
  override readonly name = "ExchangeError";
  readonly code = "ME_EXCHANGE_REJECTED";
  /** The exchange's own code, such as "-2015". */
  readonly exchangeCode: string;

  constructor(message: string, exchangeCode: string, options?: MetaExpertErrorOptions) {
    super(message, options);
    this.exchangeCode = exchangeCode;
  }
}

/** Nobody knows whether the exchange has carried a request out. It is never sent again; it is asked about until there is proof. */
export class UnknownOutcomeError extends MetaExpertError {
  override readonly name = "UnknownOutcomeError";
  readonly code = "ME_OUTCOME_UNKNOWN";
}

/** The journal or the state of a run cannot be read or written; trading on would be blind. */
export class JournalError extends MetaExpertError {
  override readonly name = "JournalError";
  readonly code = "ME_JOURNAL";
}
