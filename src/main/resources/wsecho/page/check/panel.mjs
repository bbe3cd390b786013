/**
 * The part of the page that runs the path check.
 *
 * @typedef {import('./runner.mjs').Result} Result
 * @typedef {import('./script.mjs').View} View
 */
import { byId, enable, whenEnabled } from '../dom.mjs';
import { asJson, asText, summary } from './export.mjs';
import { Results } from './results.mjs';
import { ask } from './server.mjs';
import { isTable } from './table.mjs';

const STOPPED = 'It was stopped before.';

/**
 * @param {URL} base
 * @returns {(id: string) => View | undefined} what this page knows of a session
 */
export function prepareCheck(base) {
  const panel = new Panel(base);
  const start = byId('check-start');
  byId('check-form').onsubmit = (event) => {
    event.preventDefault();
    whenEnabled(start, () => panel.start());
  };
  byId('check-stop').onclick = () => panel.stop(STOPPED);
  byId('check-copy').onclick = () => panel.copy();
  byId('check-save').onclick = () => panel.save();
  addEventListener('beforeunload', (event) => panel.isRunning && event.preventDefault());
  return (id) => panel.results?.views.find((view) => view.id === id || view.attempt === id);
}

class Panel {

  /** @type {Results | undefined} */
  results;

  #base;

  /** @type {Worker | undefined} */
  #worker;

  #started = new Date();

  #isComplete = false;

  #countdown = 0;

  /** @param {URL} base */
  constructor(base) {
    this.#base = base;
  }

  get isRunning() {
    return this.#worker !== undefined;
  }

  async start() {
    enable(byId('check-start'), false);
    byId('check-status').textContent = '';
    try {
      const { status, json } = await ask(new URL('checks.json', this.#base));
      if (!isTable(json)) {
        throw new Error(`/checks.json is ${status}, and no table of checks`);
      }
      // what is only run if it is named takes the command line
      this.#run({ ...json, checks: json.checks.filter((/** @type {any} */ check) => !check['on-demand']) });
    } catch (failure) {
      byId('check-status').textContent = `The check cannot begin, since its table did not arrive: ${failure}`;
      enable(byId('check-start'), true);
    }
  }

  /** @param {import('./table.mjs').Table} table */
  #run(table) {
    const idle = Number(new FormData(/** @type {HTMLFormElement} */ (byId('check-form'))).get('idle')) * 1000;
    this.#started = new Date();
    this.#isComplete = false;
    this.results = new Results(table, this.#base);
    this.#worker = new Worker(new URL('worker.mjs', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data }) => this.#told(data);
    // an event without a message: the script did not arrive
    this.#worker.onerror = ({ message }) => this.stop(`The page itself failed: ${message ?? 'its worker did not load'}`);
    this.#worker.postMessage({ table, base: this.#base.href, idle });
    byId('check-stop').hidden = false;
    byId('check-progress').hidden = false;
    byId('check-export').hidden = true;
    byId('check-text').hidden = true;
    this.#countdown = setInterval(() => this.#showRunning(idle), 1000);
    this.#showRunning(idle);
  }

  /** @param {{began?: string, ended?: Result, complete?: true}} message */
  #told({ began, ended, complete }) {
    if (began) {
      this.results?.began(began);
    } else if (ended) {
      const group = this.results?.ended(ended);
      byId('check-status').textContent = group ?? byId('check-status').textContent;
    } else if (complete) {
      this.#isComplete = true;
      this.#finish();
    }
  }

  /** @param {number} idle */
  #showRunning(idle) {
    const { total = 0, all = [], running = [] } = this.results ?? {};
    const progress = /** @type {HTMLProgressElement} */ (document.querySelector('#check-progress progress'));
    [progress.max, progress.value] = [total, all.length];
    const waits = all.length + running.length >= total && idle > 0;
    const left = Math.ceil((this.#started.getTime() + idle - Date.now()) / 1000);
    const now = all.length + running.length > 0 ? `running: ${running.join(', ') || 'none'}` : 'waiting for the browser to open a session';
    byId('check-running').textContent = `${all.length} of ${total}; ${now}`
      + (waits && left > 0 ? `; sessions are idle for ${left} s more` : '');
  }

  /** @param {string} why */
  stop(why) {
    this.results?.stop(why);
    this.#finish();
  }

  #finish() {
    this.#worker?.terminate();
    this.#worker = undefined;
    clearInterval(this.#countdown);
    byId('check-progress').hidden = true;
    const stop = byId('check-stop');
    if (document.activeElement === stop) {
      byId('check-start').focus();
    }
    stop.hidden = true;
    byId('check-export').hidden = false;
    byId('check-status').textContent = summary(this.results?.all ?? []);
    enable(byId('check-start'), true);
  }

  #report() {
    const { all = [], table, version = '(unknown)' } = this.results ?? {};
    const target = new URL(this.#base);
    target.protocol = target.protocol.replace('http', 'ws');
    [target.username, target.password] = ['', ''];
    return { version, target: target.href, started: this.#started, isComplete: this.#isComplete, results: all,
      checks: table?.checks ?? [] };
  }

  // the clipboard is there in secure contexts only
  async copy() {
    const text = asText(this.#report());
    try {
      await navigator.clipboard.writeText(text);
      byId('check-status').textContent = 'The results are in the clipboard.';
    } catch {
      byId('check-text').hidden = false;
      const area = /** @type {HTMLTextAreaElement} */ (document.querySelector('#check-text textarea'));
      area.value = text;
      area.focus();
      area.select();
    }
  }

  save() {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([asJson(this.#report())], { type: 'application/json' }));
    link.download = `wsecho-${this.#base.hostname}-${this.#started.toISOString().replace(/[:.]/g, '-')}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

}

