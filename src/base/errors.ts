/** What the world did to us. The message is one clear sentence that says what to do about it. */
export abstract class MetaExpertError extends Error {
  /** Stable machine-readable name, `ME_<AREA>_<WHAT>`. */
  abstract readonly code: string;
  /** Whether the same request may succeed later without a change by the user. */
  readonly retryable: boolean = false;
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
}
