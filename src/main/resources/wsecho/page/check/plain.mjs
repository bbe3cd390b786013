/**
 * Plain requests, and what is noted of their answers.
 *
 * @typedef {import('./table.mjs').Values} Values
 */
import { crc32, noise } from './fill.mjs';
import { Transfer } from './transfer.mjs';

const MAX_BODY = 2 << 20;

/**
 * Waits for the header.
 * @param {Transfer} transfer
 * @param {string} as how the names of the facts begin
 * @param {number} within in milliseconds
 * @returns {Promise<Values>}
 */
export async function head(transfer, as, within) {
  const answer = await transfer.awaitHead(within);
  const facts = {
    status: answer?.status,
    server: answer?.headers.get('Server'),
    type: answer?.headers.get('Content-Type')?.split(';')[0].trim(),
    encoding: answer?.headers.get('Content-Encoding'),
    ms: Math.trunc((answer ? transfer.headed : performance.now()) - transfer.began),
    failure: answer ? null : transfer.end ? 'the connection ended without an answer' : 'no answer',
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => [`${as}.${name}`, /** @type {import('./table.mjs').Value} */ (value)]));
}

/**
 * Sends a request, and reads the response whole.
 * @param {URL} address
 * @param {{as: string, method?: string, headers?: Record<string, string>, padding: number, within: number}} request
 * @returns {Promise<Values>}
 */
export async function request(address, { as, method = 'GET', headers = {}, padding, within }) {
  const transfer = new Transfer(address, { method, headers });
  const facts = await head(transfer, as, within);
  const report = parsed(new TextDecoder().decode(await body(transfer, within)));
  const whole = facts[`${as}.status`] === 200 && transfer.end?.how === 'body';
  transfer.close();
  return {
    'open.ok': true,
    ...facts,
    ...(Array.isArray(report.headers) ? { 'request.authorization': report.headers.some(isAuthorization) } : {}),
    'probe.answered': whole && String(report.request ?? '').length >= padding,
  };
}

function isAuthorization(/** @type {any} */ field) {
  return String(field?.name).toLowerCase() === 'authorization';
}

/**
 * Sends a body, of which the server reports what reached it.
 * @param {URL} address
 * @param {{as: string, size: number, within: number}} post
 * @returns {Promise<Values>}
 */
export async function post(address, { as, size, within }) {
  const sent = noise(size);
  const transfer = new Transfer(address, { method: 'POST', body: sent });
  const facts = await head(transfer, as, within);
  const answer = new TextDecoder().decode(await body(transfer, within));
  const whole = transfer.end?.how === 'body';
  transfer.close();
  return { 'open.ok': true, ...facts, ...(facts[`${as}.status`] === 200 ? reported(whole ? answer : null, sent) : {}) };
}

/**
 * Other bytes, or not all of them, are no fault of its length.
 * @param {string | null} answer
 * @param {Uint8Array} sent
 * @returns {Values}
 */
function reported(answer, sent) {
  const { bytes, crc32: sum } = parsed(answer ?? '').body ?? {};
  if (typeof sum !== 'string') {
    return { 'body.failure': answer === null ? 'the answer was cut' : 'what came is no report' };
  }
  const same = bytes === sent.length && sum === crc32(sent);
  return { 'body.same': same, 'probe.answered': same };
}

/**
 * What comes of the body in time.
 * @param {Transfer} transfer
 * @param {number} within in milliseconds
 */
export async function body(transfer, within) {
  const until = performance.now() + within;
  const all = new Uint8Array(MAX_BODY);
  let length = 0;
  for (let next; transfer.head && (next = await transfer.receive(until - performance.now()));) {
    const part = next.bytes.subarray(0, MAX_BODY - length);
    all.set(part, length);
    length += part.length;
  }
  return all.subarray(0, length);
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
