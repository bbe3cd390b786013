import { byId, chosen, enable, keepText, onPress, onSubmit, save } from './dom.mjs';
import { Details } from './details.mjs';
import { asHar, asText, range } from './export.mjs';
import { Expression } from './expression.mjs';
import { predicate } from './filter.mjs';
import { count, counted } from './format.mjs';
import { Grid } from './grid.mjs';
import { Matches } from './matches.mjs';

const SLICE_MILLIS = 5;

/** The log with its filter, its buttons and the details of the selected row. */
export class LogView {
  /** @param {import('./connection.mjs').Connection} connection */
  constructor(connection) {
    this.connection = connection;
    this.log = connection.log;
    this.matches = new Matches(this.log);
    this.details = new Details(this.log);
    this.grid = new Grid(byId('log', HTMLElement), this.log, this.matches, (n) => this.details.show(n));
    this.counts = byId('counts', HTMLElement);
    this.note = byId('log-note', HTMLElement);
    this.text = byId('filter-text', HTMLInputElement);
    this.filterNote = byId('filter-note', HTMLElement);
    this.done = true;
    byId('filter', HTMLFormElement).addEventListener('input', ({ target }) =>
      target instanceof HTMLInputElement && target.name === 'mode' ? this.#changeMode() : this.#filter());
    onSubmit('filter', () => {});
    this.previous = onPress('previous', () => this.#go(-1));
    this.next = onPress('next', () => this.#go(1));
    this.pause = onPress('pause', () => this.#pause());
    onPress('clear', () => this.#clear());
    onPress('copy', () => this.#copy());
    onPress('har', () => this.#har());
  }

  #filter() {
    const filter = {
      text: this.text.value, regex: byId('filter-regex', HTMLInputElement).checked,
      direction: byId('filter-direction', HTMLSelectElement).value, type: byId('filter-type', HTMLSelectElement).value,
    };
    this.grid.stay();
    try {
      const expression = filter.regex && filter.text ? new Expression(filter.text, (why) => this.#unfiltered(why)) : null;
      this.matches.set(predicate(filter), expression);
      this.#wrong('');
    } catch (wrong) {
      this.#wrong(/** @type {Error} */ (wrong).message);
    }
    this.#hide();
  }

  /** @param {string} why */
  #unfiltered(why) {
    this.grid.stay();
    this.matches.set(null);
    this.#wrong(why);
    this.#hide();
  }

  /** @param {string} why the filter is none; empty if it is one */
  #wrong(why) {
    this.filterNote.textContent = why;
    this.text.ariaInvalid = String(why !== '');
  }

  #changeMode() {
    this.grid.stay();
    this.#hide();
  }

  #hide() {
    this.grid.hides = this.matches.predicate !== null && chosen('mode') === 'hide';
  }

  /** @param {number} step to another match, around the end */
  #go(step) {
    const { active } = this.grid;
    const { count } = this.matches;
    const from = this.matches.indexFrom(active) + (step > 0 && !this.matches.has(active) ? -1 : 0);
    this.grid.select(this.matches.at((from + step + count) % count));
  }

  #pause() {
    const paused = this.pause.ariaPressed !== 'true';
    this.pause.ariaPressed = String(paused);
    this.grid.pause(paused);
  }

  #clear() {
    const { exchanges, state } = this.connection;
    this.log.clear();
    exchanges.splice(0, exchanges.length - Number(state !== 'closed'));
    this.connection.seconds.clear();
    this.matches.clear();
    this.grid.clear();
    this.details.show(-1);
  }

  async #har() {
    try {
      save(await asHar(this.log, this.connection.exchanges), 'wsecho.har');
    } catch (failure) {
      // the browser has not the memory
      this.#message(`It could not be saved: ${failure}`);
    }
  }

  async #copy() {
    const { grid, log, matches } = this;
    const rows = grid.hides ? Array.from({ length: matches.count }, (_, at) => matches.at(at)) : range(log.first, log.end);
    const text = await asText(log, rows);
    try {
      await navigator.clipboard.writeText(text);
      this.#message(`Copied ${counted(text.length, 'character')}.`);
    } catch {
      // over http: there is no clipboard but on this machine
      save(new Blob([text], { type: 'text/plain' }), 'wsecho.txt');
      this.#message('The browser gave no clipboard: saved as wsecho.txt.');
    }
  }

  /** @param {string} text */
  #message(text) {
    this.note.textContent = text;
  }

  /** Once a frame. */
  render() {
    this.done = this.matches.step(performance.now() + SLICE_MILLIS);
    this.grid.render(this.done);
    keepText(this.counts, this.#counts());
    enable(this.previous, this.matches.count > 0);
    enable(this.next, this.matches.count > 0);
  }

  #counts() {
    const { log, matches, grid } = this;
    const parts = [counted(log.end - log.first, 'row'), counted(log.errors, 'error')];
    if (matches.predicate) {
      parts.push(`${counted(matches.count, 'match').replace('matchs', 'matches')}${this.done ? '' : ' so far'}`);
    }
    if (grid.pausedAt !== null) {
      parts.push(`paused, ${count(log.end - grid.pausedAt)} more since`);
    }
    if (log.droppedRows) {
      parts.push(`the ${counted(log.droppedRows, 'oldest row')} dropped`);
    }
    if (log.droppedBodies) {
      parts.push(`bodies of the first ${count(log.droppedBodies)} dropped`);
    }
    if (log.cut) {
      parts.push(`${counted(log.cut, 'body').replace('bodys', 'bodies')} cut to ${count(log.bodyLimit)} bytes`);
    }
    return `${parts.join('; ')}.`;
  }
}
