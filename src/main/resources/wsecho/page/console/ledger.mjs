import { asked } from '../asked.mjs';
import { BASE } from './address.mjs';

/**
 * @typedef {{by: string, how: string, code: number, reason: string, time: string}} End
 * @typedef {{session?: any, problem: string}} Answer
 */

/**
 * What the server saw of a session, by the attempt that opened it.
 * @param {string} attempt
 * @returns {Promise<Answer>}
 */
export async function ask(attempt) {
  const attempts = await get(`attempts/${attempt}`);
  if (attempts.status === 404) {
    return { problem: 'Nothing of this handshake has reached the instance of the service that was asked.' };
  }
  const { arrivals } = attempts.json;
  const arrival = Array.isArray(arrivals) ? arrivals.at(-1) : null;
  if (attempts.status !== 200 || typeof arrival !== 'object' || arrival === null) {
    return { problem: unexpected(attempts.status) };
  }
  if (typeof arrival.session !== 'string') {
    return { problem: arrival.status == null ? 'The handshake has arrived, and has not been answered.'
      : `The server refused the handshake with ${shorten(arrival.status)}: ${shorten(arrival.problem ?? '')}` };
  }
  const session = await get(`sessions/${encodeURIComponent(arrival.session)}`);
  if (session.status === 421) {
    return { problem: 'The session belongs to another instance of the service than the one that was asked.' };
  }
  return session.status === 200 && typeof session.json.received === 'object' && session.json.received
    ? { session: session.json, problem: '' } : { problem: unexpected(session.status) };
}

/** @param {number} status */
function unexpected(status) {
  return `The question what the server saw was answered with ${status || 'nothing'}, and not as a wsecho does.`;
}

/** @param {string} path */
async function get(path) {
  try {
    return await asked(new URL(path, BASE));
  } catch {
    return { status: 0, json: {} };
  }
}

/** @param {unknown} value */
export function shorten(value) {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}

/**
 * What both views say together.
 * @param {End} server
 * @param {{code: number, closedHere: boolean, dropped: boolean}} page
 */
export function compare(server, page) {
  if (page.dropped) {
    return 'This page ended the connection without waiting for the server.';
  }
  if (server.by === 'client' && !page.closedHere) {
    return server.how === 'close' && server.code === 1002
      ? `The browser refused what arrived: ${shorten(server.reason)}.`
      : 'Each end says that the other one ended it: something between them did.';
  }
  if (server.how === 'close') {
    return server.code === page.code ? 'Both ends say the same.'
      : `The Close ${shorten(server.code)} of the ${shorten(server.by)} arrived as ${page.code}: something between them changed or lost it.`;
  }
  if (server.by === 'client') {
    return 'This page sent a Close, and none arrived at the server: something between them lost it.';
  }
  if (server.by !== 'server') {
    return `The server gave the session up: ${shorten(server.how)}.`;
  }
  return page.code === 1006 ? 'Both ends say the same: there was no Close.'
    : `The server sent no Close, and here arrived ${page.code}: something between them made it.`;
}
