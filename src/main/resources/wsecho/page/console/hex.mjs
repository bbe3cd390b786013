const WIDTH = 16;

/** @param {number} byte */
function pair(byte) {
  return byte.toString(16).padStart(2, '0');
}

/** @param {Uint8Array} bytes */
export function hex(bytes) {
  return Array.from(bytes, pair).join(' ');
}

/**
 * Offset, 16 bytes and their ASCII in each line.
 * @param {Uint8Array} bytes
 */
export function hexDump(bytes) {
  const lines = [];
  for (let at = 0; at < bytes.length; at += WIDTH) {
    const row = bytes.subarray(at, at + WIDTH);
    const ascii = Array.from(row, (byte) => byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.').join('');
    lines.push(`${at.toString(16).padStart(8, '0')}  ${hex(row).padEnd(3 * WIDTH)} ${ascii}`);
  }
  return lines.join('\n');
}

/**
 * @param {string} input pairs of hexadecimal digits, with or without spaces
 * @returns {Uint8Array<ArrayBuffer>}
 * @throws {Error} that says what is wrong, and where
 */
export function parseHex(input) {
  const wrong = /[^0-9a-fA-F\s]/u.exec(input);
  if (wrong) {
    throw new Error(`Character ${wrong.index + 1}, "${wrong[0]}", is no hexadecimal digit.`);
  }
  const odd = input.split(/\s+/).find((group) => group.length % 2 === 1);
  if (odd) {
    throw new Error(`"${odd.slice(0, 20)}" has an odd number of digits: each byte takes two.`);
  }
  return Uint8Array.from(input.match(/[0-9a-fA-F]{2}/g) ?? [], (digits) => parseInt(digits, 16));
}
