/** Payloads that are the same in each run, and to the byte those of the command line. */

const PLANES = new TextEncoder().encode('aé\0\uFEFF漢😀z🌍€ß\u{10FFFD}!');

// the multiplier of java.util.Random in limbs of 16 bits, whose products a double holds exactly and fast
const [LOW, MIDDLE, HIGH] = [0xE66D, 0xDEEC, 0x5];
const LIMB = 0x10000;

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) {
    sum = sum & 1 ? sum >>> 1 ^ 0xEDB88320 : sum >>> 1;
  }
  return sum;
});

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
  let low = (size ^ LOW) & 0xFFFF;
  let middle = (size >>> 16 ^ MIDDLE) & 0xFFFF;
  let high = HIGH;
  for (let i = 0; i < words.length; i++) {
    const first = low * LOW + 0xB;
    const second = low * MIDDLE + middle * LOW + Math.floor(first / LIMB);
    high = Math.imul(low, HIGH) + Math.imul(middle, MIDDLE) + Math.imul(high, LOW) + Math.floor(second / LIMB) & 0xFFFF;
    low = first & 0xFFFF;
    middle = second & 0xFFFF;
    words[i] = high << 16 | middle;
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

/**
 * Their CRC-32 (RFC 1952, 8), as the server reports it.
 * @param {Uint8Array} bytes
 */
export function crc32(bytes) {
  let sum = -1;
  for (const byte of bytes) {
    sum = sum >>> 8 ^ CRC[(sum ^ byte) & 0xFF];
  }
  return (~sum >>> 0).toString(16).padStart(8, '0');
}
