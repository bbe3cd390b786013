const FIRST_BYTES = 2 ** 20;

/** The last bytes that were put into it. Offsets count from the first byte ever put. */
export class Ring {
  /** @param {number} limit the most bytes that it holds */
  constructor(limit) {
    this.limit = limit;
    this.end = 0;
    this.bytes = new Uint8Array(Math.min(FIRST_BYTES, limit));
  }

  /** The least offset that is still held. */
  get start() {
    return Math.max(0, this.end - this.bytes.length);
  }

  /**
   * @param {Uint8Array} bytes at most as many as the limit
   * @returns {number} their offset
   */
  put(bytes) {
    this.#grow(this.end + bytes.length);
    const offset = this.end;
    const at = offset % this.bytes.length;
    const head = Math.min(bytes.length, this.bytes.length - at);
    this.bytes.set(bytes.subarray(0, head), at);
    this.bytes.set(bytes.subarray(head), 0);
    this.end += bytes.length;
    return offset;
  }

  // it wraps at its limit only, so that a shorter one is copied as it is
  /** @param {number} needed */
  #grow(needed) {
    let length = this.bytes.length;
    while (length < needed && length < this.limit) {
      length = Math.min(2 * length, this.limit);
    }
    if (length > this.bytes.length) {
      const longer = new Uint8Array(length);
      longer.set(this.bytes);
      this.bytes = longer;
    }
  }

  /**
   * @param {number} offset
   * @param {number} length
   * @returns {Uint8Array | null} null once a byte of it has been overwritten
   */
  get(offset, length) {
    if (offset < this.start) {
      return null;
    }
    const at = offset % this.bytes.length;
    if (at + length <= this.bytes.length) {
      return this.bytes.subarray(at, at + length);
    }
    const joined = new Uint8Array(length);
    const head = this.bytes.subarray(at);
    joined.set(head);
    joined.set(this.bytes.subarray(0, length - head.length), head.length);
    return joined;
  }
}
