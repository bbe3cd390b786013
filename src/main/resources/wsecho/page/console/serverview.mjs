import { byId, element } from './dom.mjs';
import { ask, compare, shorten } from './ledger.mjs';

const EVERY_MILLIS = 5000;
const AGAIN_MILLIS = 1000;
const QUESTIONS = 6;
const SESSION = /^[0-9a-f]{40}$/;

/** What the server saw of the session, beside what the page did. */
export class ServerView {
  /** @param {import('./connection.mjs').Connection} connection */
  constructor(connection) {
    this.connection = connection;
    this.host = byId('server-view', HTMLElement);
    this.words = byId('server-words', HTMLElement);
    this.timeline = byId('timeline', HTMLAnchorElement);
    this.asked = 0;
    setInterval(() => document.hidden || connection.state !== 'open' || this.ask(), EVERY_MILLIS);
  }

  /**
   * Only the last answer counts. The server may hear of an end later than the page.
   * @param {number} left how often it is asked once more
   */
  async ask(left = QUESTIONS) {
    const { attempt } = this.connection;
    const asked = ++this.asked;
    if (!attempt) {
      this.host.replaceChildren();
      this.#link();
      this.words.textContent = 'Only a wsecho that served this page is asked what it saw.';
      return;
    }
    const { session, problem } = await ask(attempt);
    if (asked !== this.asked) {
      return;
    }
    if (session && !session.end && this.connection.state === 'closed' && left > 0) {
      setTimeout(() => asked === this.asked && this.ask(left - 1), AGAIN_MILLIS);
    }
    this.words.textContent = problem || (session.end && this.connection.state === 'closed'
      ? compare(session.end, this.connection.end) : 'The session is open at the server.');
    this.#link(attempt, session);
    this.host.replaceChildren(...rows(session, this.connection).map(([name, server, page]) => element('tr', {},
      element('th', { scope: 'row' }, name), element('td', {}, server), element('td', {}, page))));
  }

  /**
   * To where the path check's page shows it: all that it knows of the session, or of the attempt.
   * @param {string} attempt
   * @param {any} session
   */
  #link(attempt = '', session = undefined) {
    const [text, key] = typeof session?.id === 'string' && SESSION.test(session.id) ? ['Timeline of this session', `session=${session.id}`]
      : attempt ? ['What arrived of this attempt', `attempt=${encodeURIComponent(attempt)}`]
        : ['Look up a session or an attempt', 'ledger'];
    this.timeline.textContent = `${text} (new tab)`;
    this.timeline.href = `./#${key}`;
  }
}

/**
 * @param {any} session
 * @param {import('./connection.mjs').Connection} connection
 */
function rows(session, { exchange, end }) {
  if (!session) {
    return [];
  }
  const { received, sent, pings, end: seen } = session;
  /** @type {(value: unknown, unit?: string) => string} */
  const shown = (value, unit = '') => value == null ? '–' : shorten(value) + unit;
  /** @type {(value: unknown, noun: string) => string} */
  const counted = (value, noun) => `${shown(value)} ${noun}${value === 1 ? '' : 's'}`;
  const seconds = (Date.parse(shorten(seen?.time)) - Date.parse(shorten(session.start))) / 1000;
  return [
    ['session', shown(session.id), ''],
    ['HTTP', shown(session.httpVersion), ''],
    ['client', shown(session.remoteAddress), ''],
    ['client to server', `${counted(received.messages, 'message')}, ${counted(received.bytes, 'byte')} in ${
      counted(received.frames, 'frame')}, the largest of ${counted(received.largestFrame, 'byte')}`, ''],
    ['server to client', `${counted(sent?.messages, 'message')}, ${counted(sent?.bytes, 'byte')}`, ''],
    ['pings', `${shown(pings?.sent)} sent, ${counted(pings?.pongs, 'pong')}; RTT last ${
      shown(pings?.lastRoundTripMillis, ' ms')}, least ${shown(pings?.leastRoundTripMillis, ' ms')}`, 'not seen'],
    ['end', seen ? `${shown(seen.how)} by the ${shown(seen.by)}, ${shown(seen.code)} ${seen.reason ? shown(seen.reason) : ''}` : 'none',
      end.dropped ? 'not waited for' : end.code ? String(end.code) : 'none'],
    ...(seen || exchange.ended ? [['open for', seen ? shown(Number.isNaN(seconds) ? null : seconds.toFixed(1), ' s') : 'still open',
      exchange.ended ? `${((exchange.ended - (exchange.opened ?? exchange.began)) / 1000).toFixed(1)} s` : 'still open']] : []),
  ];
}
