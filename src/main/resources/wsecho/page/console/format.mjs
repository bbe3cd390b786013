const decoder = new TextDecoder();
const numbers = new Intl.NumberFormat('en');

/** @param {number} value */
export function count(value) {
  return numbers.format(value);
}

/**
 * @param {number} value
 * @param {string} noun
 */
export function counted(value, noun) {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** @param {number} ms since 1970 */
export function clock(ms) {
  const time = new Date(ms);
  /** @type {(value: number, digits?: number) => string} */
  const padded = (value, digits = 2) => String(value).padStart(digits, '0');
  return `${padded(time.getHours())}:${padded(time.getMinutes())}:${padded(time.getSeconds())}.${
    padded(time.getMilliseconds(), 3)}`;
}

/** @param {number} ms */
export function millis(ms) {
  return Number.isNaN(ms) ? '' : ms.toFixed(1);
}

/** @param {Uint8Array} bytes */
export function text(bytes) {
  return decoder.decode(bytes);
}

/**
 * On one line, with C0 and C1 controls as what they are.
 * @param {string} value
 */
export function oneLine(value) {
  return value.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (control) => ({ '\n': '\\n', '\r': '\\r', '\t': '\\t' })[control]
    ?? `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
