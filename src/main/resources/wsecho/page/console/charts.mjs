import uPlot from '../uplot.mjs';
import { clock, count, millis } from './format.mjs';
import { byId, element } from './dom.mjs';

const HEIGHT_PX = 160;
const ROWS = 60;
const LEAST_SECONDS = 60;

/** Round trips and rates of each second, drawn, and as numbers. */
export class Charts {
  /** @param {import('./seconds.mjs').Seconds} seconds */
  constructor(seconds) {
    this.seconds = seconds;
    this.shown = byId('charts', HTMLDetailsElement);
    this.rtt = byId('rtt-chart', HTMLElement);
    this.rate = byId('rate-chart', HTMLElement);
    /** @type {{rtt: any, rate: any} | null} */
    this.plots = null;
    this.shown.addEventListener('toggle', () => this.draw());
    new ResizeObserver(() => this.#fit()).observe(this.rate);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#again());
  }

  #again() {
    this.plots?.rtt.destroy();
    this.plots?.rate.destroy();
    this.plots = null;
    this.draw();
  }

  #fit() {
    const width = this.rate.clientWidth;
    if (this.plots && width) {
      Object.values(this.plots).forEach((plot) => plot.setSize({ width, height: HEIGHT_PX }));
    }
  }

  /** Once a second, while they are shown. */
  draw() {
    if (!this.shown.open) {
      return;
    }
    const { all } = this.seconds;
    const times = all.map(({ second }) => second);
    const mean = all.map(({ rtts, sum }) => rtts ? sum / rtts : null);
    const most = all.map(({ rtts, most }) => rtts ? most : null);
    this.plots ??= {
      rtt: plot(this.rtt, 'ms', ['RTT mean', 'RTT most']), rate: plot(this.rate, '1/s', ['sent', 'received']),
    };
    this.plots.rtt.setData([times, mean, most]);
    this.plots.rate.setData([times, all.map(({ sent }) => sent), all.map(({ received }) => received)]);
    this.#words();
    byId('numbers', HTMLElement).replaceChildren(...all.slice(-ROWS).reverse().map((second) => element('tr', {},
      element('th', { scope: 'row' }, clock(1000 * second.second).slice(0, 8)),
      ...[count(second.sent), count(second.received), second.rtts ? millis(second.sum / second.rtts) : '–',
        second.rtts ? millis(second.most) : '–'].map((value) => element('td', {}, value)))));
  }

  #words() {
    const { rtts, least, most, all } = this.seconds;
    const last = all.at(-2);
    this.rtt.ariaLabel = rtts ? `Round trips of ${count(rtts)} echoes: least ${millis(least)} ms, median about ${
      millis(this.seconds.quantile(.5))} ms, 99 % within about ${millis(this.seconds.quantile(.99))} ms, most ${millis(most)} ms.`
      : 'No round trips yet.';
    this.rate.ariaLabel = last ? `In the last whole second ${count(last.sent)} sent and ${count(last.received)} received.`
      : 'No messages yet.';
    byId('rtt-words', HTMLElement).textContent = this.rtt.ariaLabel;
  }
}

/**
 * No line shows a second whose neighbours have no value.
 * @param {{data: any}} plot
 * @param {number} series
 * @returns {number[]}
 */
function alone({ data }, series) {
  /** @type {(number | null)[]} */
  const values = data[series];
  return [...values.keys()].filter((at) => values[at] !== null && values[at - 1] == null && values[at + 1] == null);
}

/** @type {(plot: unknown, seconds: number[]) => string[]} */
const clocks = (_, seconds) => seconds.map((second) => clock(1000 * second).slice(0, 8));

/**
 * @param {HTMLElement} host
 * @param {string} unit
 * @param {string[]} labels
 */
function plot(host, unit, labels) {
  const style = getComputedStyle(host);
  /** @param {string} name */
  const colour = (name) => style.getPropertyValue(name).trim();
  const axis = { stroke: colour('--faint'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 } };
  const strokes = [colour('--blue'), colour('--red')];
  return new uPlot({
    width: host.clientWidth,
    height: HEIGHT_PX,
    // the last label is wider than the room beside its tick
    padding: [null, 32, null, null],
    legend: { show: false },
    cursor: { y: false },
    scales: { x: { range: (/** @type {any} */ _, /** @type {number} */ min, /** @type {number} */ max) => [Math.min(min, max - LEAST_SECONDS), max] } },
    axes: [{ ...axis, space: 80, values: clocks }, { ...axis, label: unit, labelSize: 16, size: 56 }],
    series: [{}, ...labels.map((label, at) => ({ label, stroke: strokes[at], width: 1.5, dash: at ? [6, 3] : [], points: { size: 4, filter: alone } }))],
  }, [[], [], []], host);
}
