import { isOwn, mixedContent, newAttempt } from './address.mjs';
import { Echoes } from './echoes.mjs';
import { encode, Kind, now } from './log.mjs';
import { Session } from './session.mjs';

/** The session that there is, or was last, and what the log has of it. */
export class Connection {
  /**
   * @param {import('./log.mjs').Log} log
   * @param {import('./seconds.mjs').Seconds} seconds
   * @param {() => void} changed
   */
  constructor(log, seconds, changed) {
    this.log = log;
    this.seconds = seconds;
    this.changed = changed;
    /** @type {(data: string | ArrayBuffer, echo: boolean) => void} */
    this.heard = () => {};
    /** @type {Session | null} */
    this.session = null;
    /** @type {import('./export.mjs').Exchange[]} */
    this.exchanges = [];
    this.attempt = '';
    this.end = { code: 0, closedHere: false, dropped: false };
  }

  get state() {
    return this.session?.state ?? 'closed';
  }

  /** Bytes that the network has not taken; endlessly many if nothing can be sent. */
  get waiting() {
    return this.state === 'open' ? this.session?.waiting ?? 0 : Infinity;
  }

  get exchange() {
    return this.exchanges[this.exchanges.length - 1];
  }

  /**
   * @param {URL} url
   * @param {string[]} subprotocols
   */
  open(url, subprotocols) {
    const own = isOwn(url);
    if (own && !url.searchParams.has('attempt')) {
      url.searchParams.set('attempt', newAttempt());
    }
    this.attempt = own ? url.searchParams.get('attempt') ?? '' : '';
    this.end = { code: 0, closedHere: false, dropped: false };
    this.echoes = new Echoes(url, this.log);
    const row = this.log.note(`connecting to ${url.href}`);
    this.exchanges.push({ url, subprotocols, row, began: now() });
    this.session = new Session(url, subprotocols, this);
    this.changed();
  }

  /** @param {Error} reason */
  refused({ message }) {
    this.exchange.ended = now();
    this.#error(`the browser refused: ${message} ${mixedContent(this.exchange.url)}`.trim());
    this.changed();
  }

  opened() {
    this.exchange.opened = now();
    const { protocol = '', extensions = '' } = this.session?.socket ?? {};
    this.exchange.subprotocol = protocol;
    const without = this.echoes?.without;
    this.log.note(`open after ${Math.round(now() - this.exchange.began)} ms; subprotocol ${protocol || 'none'}; extensions ${
      extensions || 'none'}${without ? `; no round trips: ${without}` : ''}`);
    this.changed();
  }

  /** @param {string | ArrayBuffer} data */
  received(data) {
    const time = now();
    const text = typeof data === 'string';
    const bytes = text ? encode(data) : new Uint8Array(data);
    const kind = text ? Kind.RECEIVED_TEXT : Kind.RECEIVED_BINARY;
    const before = this.echoes?.without;
    const rtt = this.echoes?.received(kind, bytes, time) ?? NaN;
    this.log.add(kind, bytes, time, rtt);
    if (this.echoes?.without !== before) {
      this.log.note(`no round trips any more: ${this.echoes?.without}`);
    }
    this.seconds.received(time, rtt);
    this.heard(data, !Number.isNaN(rtt));
  }

  /**
   * @param {string | Uint8Array<ArrayBuffer>} data
   * @throws {Error} if the session has ended, as it may while a file is read
   */
  send(data) {
    if (this.state !== 'open') {
      throw new Error('This was not sent: the session is not open.');
    }
    const time = now();
    const text = typeof data === 'string';
    const n = this.log.add(text ? Kind.SENT_TEXT : Kind.SENT_BINARY, text ? encode(data) : data, time);
    this.echoes?.sent(n);
    this.seconds.sent(time);
    this.session?.send(data);
  }

  // browsers differ in whether they have an error before a close
  failed() {
    this.log.note('the browser reports an error; only its own console says which');
  }

  /** @param {{code: number, reason: string, wasClean: boolean}} close */
  closed({ code, reason, wasClean }) {
    this.exchange.ended = now();
    this.end.code = code;
    const after = `after ${((now() - this.exchange.began) / 1000).toFixed(1)} s`;
    const close = [code, reason].join(' ').trim();
    if (wasClean) {
      this.log.note(`closed ${after}: ${close}, clean${isAllowed(code) ? '' : '; no end may send this code (RFC 6455, 7.4)'}`);
    } else {
      this.#error(`ended ${after}: ${close}, not clean. ${this.#whyNot()}`.trim());
    }
    this.changed();
  }

  #whyNot() {
    if (this.exchange.opened !== undefined) {
      return this.end.code === 1006 ? 'No Close has arrived.' : '';
    }
    return `The handshake failed, and a browser does not say why to a page. ${mixedContent(this.exchange.url)}`;
  }

  /**
   * @param {number | undefined} code
   * @param {string} reason
   */
  close(code, reason) {
    try {
      this.session?.close(code, reason);
      this.end.closedHere = true;
      this.log.note(`closing: ${code ?? 'no code'} ${reason}`.trimEnd());
    } catch (refused) {
      this.#error(`the browser refused: ${/** @type {Error} */ (refused).message}`);
    }
    this.changed();
  }

  drop() {
    this.log.note(this.state === 'closing' ? 'forgotten: the server has not answered the Close' : 'aborted: not waiting for the server');
    this.end.dropped = true;
    this.exchange.ended = now();
    this.session?.drop();
    this.changed();
  }

  /** @param {string} text */
  #error(text) {
    this.log.note(text, Kind.ERROR);
  }
}

/** @param {number} code that a Close has, or 1005 for none */
function isAllowed(code) {
  return (code >= 1000 && code <= 1014 && code !== 1004) || (code >= 3000 && code <= 4999);
}
