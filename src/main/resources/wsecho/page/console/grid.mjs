import { clock, count, millis, oneLine, text } from './format.mjs';
import { hex } from './hex.mjs';
import { direction, Kind, type } from './log.mjs';
import { element } from './dom.mjs';

const ROW_PX = 24;
const COLUMNS = ['number', 'time', 'direction', 'type', 'size', 'rtt', 'body'];
const PREVIEW_BYTES = 256;
const PREVIEW_HEX_BYTES = 64;
const ARROWS = { event: '·', sent: '↑', received: '↓' };

/** Shows as many rows of the log as there is room for, whatever its length. */
export class Grid {
  /**
   * @param {HTMLElement} root which scrolls, and has the one tab stop
   * @param {import('./log.mjs').Log} log
   * @param {import('./matches.mjs').Matches} matches
   * @param {(n: number) => void} onSelect
   */
  constructor(root, log, matches, onSelect) {
    this.root = root;
    this.log = log;
    this.matches = matches;
    this.onSelect = onSelect;
    this.hides = false;
    this.follows = true;
    /** The row that a pause ends at. @type {number | null} */
    this.pausedAt = null;
    this.active = -1;
    /** How far above the active row the first one is that is seen, until all rows are known. @type {number | null} */
    this.above = null;
    this.first = log.first;
    /** @type {HTMLElement[]} */
    this.rows = [];
    this.spacer = element('div', { class: 'spacer', role: 'presentation' });
    this.window = element('div', { class: 'window', role: 'rowgroup' });
    this.spacer.append(this.window);
    root.append(this.spacer);
    root.addEventListener('scroll', () => { this.follows = this.above === null && this.#atEnd(); });
    root.addEventListener('wheel', () => { this.above = null; }, { passive: true });
    root.addEventListener('pointerdown', () => { this.above = null; });
    root.addEventListener('keydown', (event) => this.#key(event));
    this.window.addEventListener('click', (event) => this.#click(event));
  }

  get length() {
    return this.hides ? this.#shownMatches() : Math.max(0, (this.pausedAt ?? this.log.end) - this.log.first);
  }

  #shownMatches() {
    return this.pausedAt === null ? this.matches.count : this.matches.indexFrom(this.pausedAt);
  }

  /** @param {number} index */
  #number(index) {
    return this.hides ? this.matches.at(index) : this.log.first + index;
  }

  /** @param {number} n */
  #index(n) {
    return this.hides ? this.matches.indexFrom(n) : n - this.log.first;
  }

  #atEnd() {
    return this.root.scrollTop + this.root.clientHeight >= this.root.scrollHeight - ROW_PX;
  }

  get #page() {
    return Math.max(1, Math.floor(this.root.clientHeight / ROW_PX) - 2);
  }

  /** @param {boolean} paused */
  pause(paused) {
    this.pausedAt = paused ? this.log.end : null;
    this.follows = !paused;
  }

  /** Before other rows are shown: the active one is to stay where it is, so that its neighbours appear around it. */
  stay() {
    if (this.active >= this.log.first) {
      this.above ??= this.#index(this.active) * ROW_PX - this.root.scrollTop;
      this.follows = false;
    }
  }

  /** No row is active any more. */
  clear() {
    this.active = -1;
    this.above = null;
  }

  /** @param {number} n of the row to go to */
  select(n) {
    this.active = n;
    this.above = null;
    this.follows = false;
    const top = this.#index(n) * ROW_PX;
    const room = this.root.clientHeight - 2 * ROW_PX;
    if (top < this.root.scrollTop || top > this.root.scrollTop + room) {
      this.root.scrollTop = top - Math.floor(room / 2);
    }
    this.onSelect(n);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const index = this.active < 0 ? -1 : this.#index(this.active);
    const last = this.length - 1;
    /** @type {Record<string, number>} */
    const targets = {
      ArrowDown: index + 1, ArrowUp: index - 1, PageDown: index + this.#page, PageUp: index - this.#page, Home: 0, End: last,
    };
    if (event.key in targets && last >= 0 && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      this.select(this.#number(Math.max(0, Math.min(last, targets[event.key]))));
    }
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const row = event.target instanceof Element ? event.target.closest('[data-n]') : null;
    if (row instanceof HTMLElement) {
      this.select(Number(row.dataset.n));
    }
  }

  #resize() {
    this.spacer.style.height = `${this.length * ROW_PX}px`;
    this.root.ariaRowCount = String(this.length + 1);
  }

  /**
   * Once a frame.
   * @param {boolean} complete whether the matches of all rows are known
   */
  render(complete) {
    const gone = this.log.first - this.first;
    this.first = this.log.first;
    this.#resize();
    if (this.follows) {
      this.root.scrollTop = this.root.scrollHeight;
    } else if (this.above !== null) {
      this.root.scrollTop = this.#index(this.active) * ROW_PX - this.above;
      this.above = complete ? null : this.above;
    } else if (gone && !this.hides) {
      this.root.scrollTop -= gone * ROW_PX;
    }
    const from = Math.max(0, Math.min(Math.floor(this.root.scrollTop / ROW_PX), this.length - 1));
    const shown = Math.min(Math.ceil(this.root.clientHeight / ROW_PX) + 1, this.length - from);
    this.window.style.transform = `translateY(${from * ROW_PX}px)`;
    this.#keepRows(shown);
    this.rows.forEach((row, at) => this.#fill(row, from + at));
    if (this.rows.some((row) => row.id === `row-${this.active}`)) {
      this.root.setAttribute('aria-activedescendant', `row-${this.active}`);
    } else {
      this.root.removeAttribute('aria-activedescendant');
    }
  }

  /** @param {number} shown */
  #keepRows(shown) {
    while (this.rows.length < shown) {
      const row = element('div', { role: 'row' },
        ...COLUMNS.map((column) => element('span', { role: 'gridcell', class: column })));
      this.rows.push(row);
      this.window.append(row);
    }
    this.rows.splice(Math.max(0, shown)).forEach((row) => row.remove());
  }

  /**
   * @param {HTMLElement} row
   * @param {number} index
   */
  #fill(row, index) {
    const n = this.#number(index);
    const hit = !this.hides && this.matches.predicate !== null && this.matches.has(n);
    row.className = `${type(this.log.kind(n))} ${direction(this.log.kind(n))}${hit ? ' hit' : ''}`;
    row.ariaSelected = String(n === this.active);
    row.ariaRowIndex = String(index + 2);
    const dropped = this.log.body(n, 0) === null;
    const state = `${n} ${hit} ${dropped}`;
    if (row.dataset.state !== state) {
      row.dataset.state = state;
      row.dataset.n = String(n);
      row.id = `row-${n}`;
      this.#cells(n, hit).forEach((value, at) => { row.children[at].textContent = value; });
    }
  }

  /**
   * @param {number} n
   * @param {boolean} hit
   */
  #cells(n, hit) {
    const kind = this.log.kind(n);
    const way = /** @type {keyof typeof ARROWS} */ (direction(kind));
    const message = kind >= Kind.SENT_TEXT;
    return [`${hit ? '▸' : ''}${n + 1}`, clock(this.log.time(n)), `${ARROWS[way]} ${way}`, type(kind),
      message ? count(this.log.size(n)) : '', millis(this.log.rtt(n)), this.#preview(n)];
  }

  /** @param {number} n */
  #preview(n) {
    const kind = this.log.kind(n);
    const binary = kind === Kind.SENT_BINARY || kind === Kind.RECEIVED_BINARY;
    const bytes = this.log.body(n, binary ? PREVIEW_HEX_BYTES : PREVIEW_BYTES);
    if (bytes === null) {
      return '(body dropped)';
    }
    return binary ? hex(bytes) : oneLine(text(bytes));
  }
}
