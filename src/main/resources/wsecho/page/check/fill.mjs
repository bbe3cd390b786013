/** Payloads that are the same in each run, and to the byte those of the command line. */

const PLANES = new TextEncoder().encode('aé\0\uFEFF漢😀z🌍€ß\u{10FFFD}!');

// java.util.Random, in halves of 24 bits that a double holds the products of
const MULTIPLIER_HIGH = 0x5DE;
const MULTIPLIER_LOW = 0xECE66D;
const HALF = 0x1000000;

/**
 * Text with characters of one to four bytes.
 * @param {number} size
 */
export function planes(size) {
  const text = new Uint8Array(size).fill('.'.charCodeAt(0));
  for (let end = 0; end + PLANES.length <= size; end += PLANES.length) {
    text.set(PLANES, end);
  }
  return text;
}

/**
 * Bytes that nothing can compress.
 * @param {number} size
 */
export function noise(size) {
  const words = new Uint32Array(Math.ceil(size / 4));
  const seed = size % HALF;
  let low = seed ^ MULTIPLIER_LOW;
  let high = Math.floor(size / HALF) ^ MULTIPLIER_HIGH;
  for (let i = 0; i < words.length; i++) {
    const product = low * MULTIPLIER_LOW + 0xB;
    high = (high * MULTIPLIER_LOW + low * MULTIPLIER_HIGH + Math.floor(product / HALF)) % HALF;
    low = product % HALF;
    words[i] = high << 8 | low >>> 16;
  }
  return new Uint8Array(words.buffer, 0, size);
}

/**
 * The first byte that differs, or -1.
 * @param {Uint8Array} seen
 * @param {Uint8Array} wanted
 */
export function differsAt(seen, wanted) {
  const length = Math.min(seen.length, wanted.length);
  for (let i = 0; i < length; i++) {
    if (seen[i] !== wanted[i]) {
      return i;
    }
  }
  return seen.length === wanted.length ? -1 : length;
}
