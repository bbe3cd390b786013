/**
 * A request and its response, each as it goes and comes.
 *
 * @typedef {{bytes: Uint8Array, at: number}} Piece
 */
import { Changes } from './changes.mjs';

// what may wait here; the longest body that is asked for is of 1 MiB
const MAX_HELD = 4 << 20;

export class Transfer extends Changes {

  /** When it was sent. */
  began = performance.now();

  /** When the header of the response came. */
  headed = this.began;

  /** @type {Response | undefined} */
  head;

  /** How it ended: the body, as its framing says, or a drop. @type {{how: 'body' | 'drop', at: number} | undefined} */
  end;

  /** @type {Piece[]} */
  #pieces = [];

  #held = 0;

  #stop = new AbortController();

  /**
   * Sends it.
   * @param {URL} address
   * @param {RequestInit} init
   */
  constructor(address, init) {
    super();
    this.#run(address, init).then(() => this.#ended('body'), () => this.#ended('drop'));
  }

  /**
   * @param {URL} address
   * @param {RequestInit} init
   */
  async #run(address, init) {
    const response = await fetch(address,
      { credentials: 'same-origin', ...init, cache: 'no-store', redirect: 'manual', signal: this.#stop.signal });
    if (response.type === 'opaqueredirect') {
      throw new Error('a redirect, which leads elsewhere');
    }
    this.changed(() => Object.assign(this, { headed: performance.now(), head: response }));
    const reader = response.body?.getReader();
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
      this.#received(next.value);
    }
  }

  /** @param {Uint8Array} bytes */
  #received(bytes) {
    this.#held += bytes.length;
    this.changed(() => this.#pieces.push({ bytes, at: performance.now() }));
    if (this.#held > MAX_HELD) {
      this.close();
    }
  }

  /** @param {'body' | 'drop'} how */
  #ended(how) {
    this.changed(() => this.end ??= { how, at: performance.now() });
  }

  /**
   * The header; undefined if it does not come in time, or not at all.
   * @param {number} within in milliseconds
   */
  async awaitHead(within) {
    await this.until(() => this.head || this.end, within);
    return this.head;
  }

  /**
   * The next piece of the body; undefined if it ends before, or none comes in time.
   * @param {number} within in milliseconds
   */
  async receive(within) {
    await this.until(() => this.#pieces.length > 0 || this.end, within);
    const next = this.#pieces.shift();
    this.#held -= next?.bytes.length ?? 0;
    return next;
  }

  close() {
    this.#stop.abort();
  }

}
