/** Who is told about a socket. After `onClose` nothing more is called. */
export interface SocketHandlers {
  onOpen(): void;
  /** One whole message; the bytes are only valid during the call. */
  onMessage(data: Uint8Array): void;
  /** A ping of the other side has been answered; proof of life. */
  onPing?(): void;
  /** Also called when the connection could not be made, with code 1006 and the cause in words. */
  onClose(code: number, reason: string): void;
}

/** An open, or opening, WebSocket. */
export interface Socket {
  /** Sends a text message; dropped once the socket is closing. */
  send(text: string): void;
  /** Asks to close; `onClose` follows, at once when `terminate` is called. */
  close(code?: number, reason?: string): void;
  /** Drops the connection without a closing handshake. */
  terminate(): void;
  /** Bytes accepted by `send` and not yet handed to the system. */
  readonly bufferedBytes: number;
}

/** A way to open sockets. */
export interface SocketTransport {
  open(url: string, handlers: SocketHandlers): Socket;
}
