import { count, counted, millis, text } from './format.mjs';
import { hexDump } from './hex.mjs';
import { direction, Kind, type } from './log.mjs';
import { byId, chosen, enable, onPress, save } from './dom.mjs';

const SHOWN_BYTES = 65_536;
const PARSED_BYTES = 2 ** 20;

/** One row of the log, whole: as text, hex or JSON. */
export class Details {
  /** @param {import('./log.mjs').Log} log */
  constructor(log) {
    this.log = log;
    this.n = -1;
    byId('views', HTMLElement).addEventListener('change', () => this.show(this.n));
    this.saves = onPress('save-body', () => this.#save());
  }

  /** @param {number} n */
  show(n) {
    this.n = n;
    const body = this.log.body(n);
    byId('about', HTMLElement).textContent = n < 0 ? 'Select a message of the log.' : this.#about(n, body);
    enable(this.saves, body !== null);
    byId('body', HTMLElement).textContent = body === null ? '' : view(body);
  }

  /**
   * @param {number} n
   * @param {Uint8Array | null} body
   */
  #about(n, body) {
    if (n < this.log.first) {
      return `Number ${n + 1} has been dropped.`;
    }
    const kind = this.log.kind(n);
    const rtt = millis(this.log.rtt(n));
    return [
      `Number ${n + 1}`,
      new Date(this.log.time(n)).toISOString(),
      kind < Kind.SENT_TEXT ? type(kind) : `${direction(kind)} ${type(kind)} of ${counted(this.log.size(n), 'byte')}`,
      ...(rtt ? [`RTT ${rtt} ms`] : []),
      kept(body, this.log.size(n)),
    ].filter(Boolean).join(' · ');
  }

  #save() {
    const body = this.log.body(this.n);
    if (body !== null) {
      save(new Blob([new Uint8Array(body)]), `message-${this.n + 1}.bin`);
    }
  }
}

/**
 * @param {Uint8Array | null} body
 * @param {number} size
 */
function kept(body, size) {
  if (body === null) {
    return 'its body has been dropped';
  }
  const shown = chosen('view') === 'json' ? body.length : Math.min(SHOWN_BYTES, body.length);
  return [
    body.length < size ? `kept are the first ${count(body.length)} bytes` : '',
    shown < body.length ? `shown are the first ${count(shown)} bytes` : '',
  ].filter(Boolean).join(', ');
}

/** @param {Uint8Array} body */
function view(body) {
  switch (chosen('view')) {
    case 'hex': return hexDump(body.subarray(0, SHOWN_BYTES));
    case 'json': return json(body);
    default: return text(body.subarray(0, SHOWN_BYTES));
  }
}

/** @param {Uint8Array} body */
function json(body) {
  if (body.length > PARSED_BYTES) {
    return `Longer than ${count(PARSED_BYTES)} bytes: save it to look at it as JSON.`;
  }
  try {
    return JSON.stringify(JSON.parse(text(body)), null, 2);
  } catch (wrong) {
    return `Not JSON: ${/** @type {Error} */ (wrong).message}`;
  }
}
