import { arrival } from './arrival.mjs';

/**
 * Sends numbered messages without waiting for their echoes.
 * @param {import('./session.mjs').Session} session
 * @param {number} count how many
 * @param {number} every the time between two in milliseconds, 0 for all at once
 * @param {number} within how long it may take
 * @returns {Promise<import('./table.mjs').Values>}
 */
export async function numbered(session, count, every, within) {
  const until = performance.now() + within;
  for (let i = 0; i < count; i++) {
    session.send(String(i));
    await (every > 0 ? session.until(() => session.end, every) : undefined);
  }
  const echoes = [];
  for (let next; echoes.length < count && (next = await session.receive(until - performance.now()));) {
    echoes.push(next);
  }
  return { ...arrival(echoes.map(({ at }) => at)), ...compared(echoes.map(({ text }) => text ?? ''), count) };
}

/**
 * @param {string[]} echoes
 * @param {number} count
 */
function compared(echoes, count) {
  const different = echoes.findIndex((echo, i) => echo !== String(i));
  const arrived = new Set(echoes);
  const missing = Array.from({ length: count }, (_, i) => i).filter((i) => !arrived.has(String(i)));
  return { 'echo.sent': count, 'echo.same': different < 0 ? echoes.length : different, 'echo.missing': missing.length,
    ...(missing.length > 0 ? { 'echo.first-missing': missing[0] + 1 } : {}) };
}
