import { count } from './format.mjs';
import { byId, element, enable, onPress, onSubmit } from './dom.mjs';
import { Sender, Soak } from './soak.mjs';

/** The form of a soak, and its numbers. */
export class Soaking {
  /** @param {import('./connection.mjs').Connection} connection */
  constructor(connection) {
    this.connection = connection;
    /** @type {Soak | null} */
    this.soak = null;
    /** @type {Sender | null} */
    this.sender = null;
    this.runs = 0;
    this.shown = '';
    this.stop = onPress('soak-stop', () => this.sender?.stop());
    onSubmit('soak', () => this.#start());
    connection.heard = (data, echo) => this.#heard(data, echo);
  }

  // what is sent by hand is none of its own
  /**
   * @param {string | ArrayBuffer} data
   * @param {boolean} echo
   */
  #heard(data, echo) {
    if (this.sender?.running || this.soak?.waiting) {
      this.soak?.received(data, echo);
    }
  }

  #start() {
    const [rate, size, total] = ['soak-rate', 'soak-size', 'soak-count']
      .map((id) => byId(id, HTMLInputElement).valueAsNumber || 0);
    this.sender?.stop();
    this.soak = new Soak(size, String(++this.runs));
    this.sender = new Sender(this.soak, rate, total, (message) => this.connection.send(message),
      () => this.connection.waiting);
  }

  /** Once a frame. */
  render() {
    const open = this.connection.state === 'open';
    if (!open) {
      this.sender?.stop();
    }
    enable(byId('soak-start', HTMLButtonElement), open && !this.sender?.running);
    enable(this.stop, this.sender?.running ?? false);
    const { soak } = this;
    if (soak) {
      const rows = {
        sent: soak.sent, 'echoed as sent': soak.correct, [open ? 'not yet echoed' : 'lost']: soak.waiting,
        mismatched: soak.mismatched, 'out of order': soak.outOfOrder, repeated: soak.repeated,
        'left out': this.sender?.skipped ?? 0,
      };
      this.#show(Object.entries(rows));
    }
  }

  // what is written anew in each frame can neither be selected nor read
  /** @param {[string, number][]} rows */
  #show(rows) {
    const key = rows.join();
    if (key !== this.shown) {
      this.shown = key;
      byId('soak-result', HTMLElement).replaceChildren(...rows.map(([name, value]) =>
        element('div', {}, element('dt', {}, name), element('dd', {}, count(value)))));
    }
  }
}
