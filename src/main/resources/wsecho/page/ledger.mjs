/**
 * What the server saw of a session or of an attempt to open one, beside what this page saw.
 *
 * @typedef {import('./check/script.mjs').View} View
 */
import { asked } from './asked.mjs';
import { plain, seconds } from './check/evaluator.mjs';
import { byId, element } from './dom.mjs';

const SESSION = /^[0-9a-f]{40}$/;

/**
 * @param {URL} base
 * @param {(key: string) => View | undefined} known what this page knows of a session
 */
export function prepareLedger(base, known) {
  const key = /** @type {HTMLInputElement} */ (byId('ledger-key'));
  byId('ledger-form').onsubmit = (event) => {
    event.preventDefault();
    location.hash = `${SESSION.test(key.value) ? 'session' : 'attempt'}=${key.value}`;
    show(base, key.value, known);
  };
  const follow = () => {
    const [, linked] = /^#(?:session|attempt)=([\w-]{22,64})$/.exec(location.hash) ?? [];
    if (linked && linked !== key.value) {
      key.value = linked;
      show(base, linked, known);
    }
  };
  addEventListener('hashchange', follow);
  follow();
}

/**
 * @param {URL} base
 * @param {string} key
 * @param {(key: string) => View | undefined} known
 */
async function show(base, key, known) {
  const answer = byId('ledger-answer');
  byId('ledger-status').textContent = '';
  try {
    const { status, json } = await asked(new URL(`${SESSION.test(key) ? 'sessions' : 'attempts'}/${key}`, base));
    answer.replaceChildren(...shown(json, known(key)));
    byId('ledger-status').textContent = status === 200 ? '' : text(json.detail ?? `The server answered with ${status}, and said nothing more.`);
  } catch (failure) {
    answer.replaceChildren();
    byId('ledger-status').textContent = `The server could not be asked: ${failure}`;
  }
  answer.scrollIntoView({ block: 'nearest' });
  answer.focus({ preventScroll: true });
}

/**
 * @param {any} report
 * @param {View | undefined} view
 */
function shown(report, view) {
  if (typeof report.id === 'string') {
    return timeline(report, view);
  }
  return Array.isArray(report.arrivals) ? [arrivals(report)] : [];
}

/**
 * An object is no value, and may have no text: {"toString": 1}.
 * @type {(value: unknown) => string}
 */
const text = (value) => value === undefined || typeof value === 'object' ? '–' : plain(String(value));

/** @type {(value: unknown, noun: string) => string} */
const counted = (value, noun) => `${text(value)} ${noun}${value === 1 ? '' : 's'}`;

/**
 * The time between two times of the server, by its own clock.
 * @param {unknown} from
 * @param {unknown} to
 */
function between(from, to) {
  return Math.max(0, Date.parse(text(to)) - Date.parse(text(from)));
}

/**
 * How a session ended, as each end saw it.
 * @param {View} view
 */
export function bothEnds({ end, report }) {
  const server = report.end ? `${told(report.end)} after ${after(between(report.start, report.end.time))}` : 'still open';
  return `The server saw: ${server}. This page saw: ${close(end)} after ${after(end?.after ?? 0)}.`;
}

/** @param {any} end as the server has it */
function told({ by, how, code, reason }) {
  return `${text(how)} by the ${text(by)}, ${close({ code, reason })}`;
}

/** @param {{code?: unknown, reason?: unknown} | undefined} end */
function close(end) {
  return [end?.code, end?.reason].filter(Boolean).map(text).join(' ');
}

/** @param {number} time */
function after(time) {
  return Number.isFinite(time) ? seconds(time) : 'an unknown time';
}

/**
 * @param {any} report
 * @param {View | undefined} view
 */
function timeline(report, view) {
  const { received = {}, sent = {}, pings = {}, end } = report;
  /** @type {[number, string, string][]} */
  const events = [
    [0, `${text(report.path)} opened over HTTP/${text(report.httpVersion)} by ${text(report.remoteAddress)}${report.subprotocol ? `, subprotocol ${text(report.subprotocol)}` : ''}`, view ? 'opened' : ''],
  ];
  const note = (/** @type {unknown} */ time, /** @type {string} */ what) => time && events.push([between(report.start, time), what, '']);
  note(received.last, `last received: ${counted(received.messages, 'message')} until then, ${counted(received.bytes, 'byte')} in ${
    counted(received.frames, 'frame')}, the largest of ${counted(received.largestFrame, 'byte')}`);
  note(sent.last, `last sent: ${counted(sent.messages, 'message')} until then, ${counted(sent.bytes, 'byte')}`);
  note(end?.time, end && `ended: ${told(end)}`);
  if (view?.end) {
    events.push([view.end.after, '', `ended: ${close(view.end)}${view.end.clean ? '' : ', not clean'}`]);
  }
  const rows = events.toSorted(([one], [other]) => one - other).map(([time, server, browser]) => element('tr', {},
    element('th', { scope: 'row' }, after(time)), element('td', {}, server), ...(view ? [element('td', {}, browser)] : [])));
  const head = ['After', 'The server', ...(view ? ['This page'] : [])].map((name) => element('th', { scope: 'col' }, name));
  const open = end ? '' : ' It is still open.';
  return [
    element('p', {}, `Pings: ${text(pings.sent)} sent, ${counted(pings.pongs, 'pong')}`
      + (pings.lastRoundTripMillis ? `, the last after ${text(pings.lastRoundTripMillis)} ms` : '')
      + `. Times are since the opening, by the clock of each end.${open}`),
    element('table', { class: 'timeline' }, element('caption', {}, `Session ${report.id.slice(0, 40)}, begun at ${text(report.start)}`),
      element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows)),
  ];
}

/** @param {any} report */
function arrivals(report) {
  const names = ['time', 'http', 'method', 'path', 'upgrade', 'connection', 'version', 'host', 'origin', 'status', 'problem', 'pod', 'session'];
  const bodies = report.arrivals.slice(0, 16).map((/** @type {any} */ arrival, /** @type {number} */ i) => element('tbody', {},
    element('tr', {}, element('th', { scope: 'rowgroup', colspan: '2', class: 'group' }, `Request ${i + 1} of ${text(report.count)}`)),
    ...names.map((name) => element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, value(name, arrival?.[name]))))));
  return element('table', {}, element('caption', {}, `What arrived of attempt ${text(report.attempt)}`), ...bodies);
}

/**
 * @param {string} name
 * @param {unknown} shown
 */
function value(name, shown) {
  return name === 'session' && SESSION.test(text(shown)) ? element('a', { href: `#session=${shown}` }, text(shown)) : text(shown);
}
