/**
 * @typedef {object} Listener
 * @property {(refused: Error) => void} refused by the browser: the address or a subprotocol
 * @property {() => void} opened
 * @property {(data: string | ArrayBuffer) => void} received
 * @property {() => void} failed
 * @property {(close: {code: number, reason: string, wasClean: boolean}) => void} closed
 */

/**
 * One WebSocket. It belongs to a frame of its own: a page can end a WebSocket by a Close
 * only, and waits up to a minute for its answer; what belongs to a frame that is removed
 * ends at once.
 */
export class Session {
  /**
   * @param {URL} url
   * @param {string[]} subprotocols
   * @param {Listener} listener
   */
  constructor(url, subprotocols, listener) {
    this.ended = false;
    /** @type {WebSocket | null} */
    this.socket = null;
    this.frame = document.createElement('iframe');
    this.frame.hidden = true;
    this.frame.title = 'WebSocket';
    // an engine may load an empty frame later, and then replace its window
    this.frame.addEventListener('load', () => this.#open(url, subprotocols, listener), { once: true });
    document.body.append(this.frame);
  }

  /**
   * @param {URL} url
   * @param {string[]} subprotocols
   * @param {Listener} listener
   */
  #open(url, subprotocols, listener) {
    try {
      const realm = /** @type {typeof globalThis & Window} */ (this.frame.contentWindow);
      this.socket = new realm.WebSocket(url, subprotocols);
    } catch (refused) {
      this.drop();
      listener.refused(/** @type {Error} */ (refused));
      return;
    }
    this.socket.binaryType = 'arraybuffer';
    this.socket.onopen = () => listener.opened();
    this.socket.onmessage = ({ data }) => listener.received(data);
    this.socket.onerror = () => listener.failed();
    this.socket.onclose = (close) => {
      this.drop();
      listener.closed(close);
    };
  }

  /** @returns {'connecting' | 'open' | 'closing' | 'closed'} */
  get state() {
    return this.ended ? 'closed'
      : /** @type {const} */ (['connecting', 'open', 'closing', 'closed'])[this.socket?.readyState ?? 0];
  }

  /** @param {string | Uint8Array<ArrayBuffer>} data */
  send(data) {
    this.socket?.send(data);
  }

  get waiting() {
    return this.socket?.bufferedAmount ?? 0;
  }

  /**
   * @param {number | undefined} code
   * @param {string} reason
   * @throws {DOMException} if a page may not send them
   */
  close(code, reason) {
    if (code === undefined) {
      this.socket?.close();
    } else {
      this.socket?.close(code, reason);
    }
  }

  /** Ends the connection without waiting for the server; nothing is heard of it again. */
  drop() {
    if (this.socket) {
      this.socket.onopen = this.socket.onmessage = this.socket.onerror = this.socket.onclose = null;
    }
    this.ended = true;
    this.frame.remove();
  }
}
