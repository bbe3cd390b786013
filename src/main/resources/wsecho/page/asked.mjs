import { ask } from './check/server.mjs';

// on a new connection another instance may answer
const MISDIRECTED = 421;
const MAX_ASKED = 5;

/**
 * What one of the instances of the service answers, which knows its own sessions only.
 * @param {URL} address
 */
export async function asked(address) {
  let answer = await ask(address);
  for (let times = 1; answer.status === MISDIRECTED && times < MAX_ASKED; times++) {
    answer = await ask(address);
  }
  return answer;
}
