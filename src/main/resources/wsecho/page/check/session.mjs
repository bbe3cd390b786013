/**
 * A WebSocket, as this browser sees it.
 *
 * @typedef {{bytes: Uint8Array, text: string | null, at: number}} Message
 * @typedef {{code: number, reason: string, clean: boolean, at: number}} End
 */
import { Changes } from './changes.mjs';

export class Session extends Changes {

  /** When it opened. @type {number | undefined} */
  opened;

  /** How it ended. @type {End | undefined} */
  end;

  /** @type {Message[]} */
  #messages = [];

  #socket;

  /**
   * Opens it.
   * @param {URL} address
   * @param {string[]} subprotocols
   */
  constructor(address, subprotocols) {
    super();
    this.#socket = new WebSocket(address, subprotocols);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.onopen = () => this.changed(() => this.opened = performance.now());
    this.#socket.onmessage = ({ data }) => this.changed(() => this.#messages.push(message(data)));
    this.#socket.onclose = ({ code, reason, wasClean }) =>
      this.changed(() => this.end = { code, reason, clean: wasClean, at: performance.now() });
  }

  get subprotocol() {
    return this.#socket.protocol;
  }

  get extensions() {
    return this.#socket.extensions;
  }

  /** @param {string | Uint8Array<ArrayBuffer>} payload */
  send(payload) {
    this.#socket.send(payload);
  }

  /**
   * The next message; undefined if the session ends before, or none comes in time.
   * @param {number} within in milliseconds
   */
  async receive(within) {
    await this.until(() => this.#messages.length > 0 || this.end, within);
    return this.#messages.shift();
  }

  /**
   * Starts the closing handshake.
   * @param {number} [code]
   * @param {string} [reason]
   */
  close(code, reason) {
    this.#socket.close(code, reason);
  }

}

/**
 * @param {string | ArrayBuffer} data
 * @returns {Message}
 */
function message(data) {
  const text = typeof data === 'string' ? data : null;
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : new Uint8Array(data);
  return { bytes, text, at: performance.now() };
}
