/**
 * Does the steps of one round of a check, and notes what it sees.
 *
 * @typedef {import('./table.mjs').Step} Step
 * @typedef {import('./table.mjs').Values} Values
 * @typedef {{id: string, attempt: string, path: string, end?: import('./session.mjs').End & {after: number}, report?: any}} View
 *   both views of a session
 */
import { arrival } from './arrival.mjs';
import { differsAt, noise, planes } from './fill.mjs';
import { events } from './events.mjs';
import { affinity, connection } from './hub.mjs';
import { lives } from './lives.mjs';
import { numbered } from './numbered.mjs';
import { head, post, request } from './plain.mjs';
import { reportFacts } from './report-facts.mjs';
import { Server } from './server.mjs';
import { Session } from './session.mjs';
import { sizes } from './sizes.mjs';
import { millis, replaced, resolved } from './table.mjs';
import { Transfer } from './transfer.mjs';

// what a timer may come earlier here than at the server
const EARLY = 500;

// after which an answer that is due is not waited for any more
const PATIENCE = 5000;

export class Script {

  /** @type {Values} */
  facts = {};

  /** @type {View[]} */
  views = [];

  #surroundings;

  #values;

  #server;

  /** @type {Session | undefined} */
  #session;

  /** @type {View | undefined} */
  #view;

  /** @type {Record<string, Transfer>} */
  #streams = {};

  #isPlain = false;

  /**
   * @param {import('./runner.mjs').Surroundings} surroundings
   * @param {Values} values those that steps name
   */
  constructor(surroundings, values) {
    this.#surroundings = surroundings;
    this.#values = values;
    this.#server = new Server(surroundings, this.facts);
  }

  /** @param {Step[]} steps */
  async run(steps) {
    const watched = this.#surroundings.machine.watch();
    for (const step of steps) {
      const [[verb, arguments_]] = Object.entries(step);
      await this.#step(verb, arguments_);
    }
    this.#session?.close();
    Object.values(this.#streams).forEach((stream) => stream.close());
    Object.assign(this.facts, watched());
    return this;
  }

  /**
   * @param {string} verb
   * @param {any} step its arguments
   */
  async #step(verb, step) {
    switch (verb) {
      case 'get': return this.#server.get({ ...step, path: replaced(step.path, this.#values) });
      case 'open': return this.#open(step);
      case 'ask': return this.#ask(step);
      case 'together': return this.#together(step);
      case 'repeat': return this.#repeat(step);
      case 'sizes': return this.#sizes(step);
      case 'stream': return this.#stream(step);
      case 'events': return this.#events(step);
      case 'request': return this.#request(step);
      case 'post': return this.#post(step);
      case 'held': return this.#held(step);
      case 'affinity': return this.#affinity(step);
      case 'hub': return this.#hub(step);
    }
    if (this.#session) {
      await this.#inSession(verb, step, this.#session);
    }
  }

  /**
   * @param {string} verb
   * @param {any} step
   * @param {Session} session
   */
  async #inSession(verb, step, session) {
    switch (verb) {
      case 'send': return this.#send(step, session);
      case 'receive': return this.#receive(step, session);
      case 'wait': return this.#wait(step, session);
      case 'close': return this.#close(step, session);
      default: throw new Error(`the table has the verb ${verb}, which this page does not know`);
    }
  }

  /** @param {string} time */
  #time(time) {
    return millis(resolved(time, this.#values));
  }

  /**
   * The address of a step, with an attempt that the server is asked of later.
   * @param {any} step
   */
  #address({ path, query = {} }) {
    const attempt = crypto.getRandomValues(new Uint8Array(16)).reduce((name, byte) => name + byte.toString(16).padStart(2, '0'), '');
    const address = new URL(replaced(path, this.#values), this.#surroundings.base);
    for (const [name, value] of Object.entries({ ...query, attempt })) {
      address.searchParams.set(name, replaced(value, this.#values));
    }
    this.#view = { id: '', attempt, path: address.pathname };
    this.views.push(this.#view);
    return address;
  }

  /** @param {any} step */
  async #open(step) {
    const { offer = [], within } = step;
    const { base } = this.#surroundings;
    const address = this.#address(step);
    address.protocol = base.protocol.replace('http', 'ws');
    Object.assign(this.facts, { 'sent.host': base.host, 'sent.hostname': base.hostname, 'sent.origin': base.origin,
      'sent.scheme': base.protocol.replace(':', '') });
    await this.#opening(new Session(address, offer), this.#time(within));
  }

  /**
   * @param {Session} session
   * @param {number} within
   */
  async #opening(session, within) {
    const start = performance.now();
    await session.until(() => session.opened || session.end, within);
    if (session.opened || session.end) {
      this.facts['open.ms'] = Math.trunc((session.opened ?? performance.now()) - start);
    }
    this.facts['open.ok'] = session.opened !== undefined;
    if (session.opened === undefined) {
      this.facts['open.answer'] = session.end ? String(session.end.code) : 'no answer';
      session.close();
      return;
    }
    this.facts['open.answer'] = '101';
    if (session.subprotocol) {
      this.facts['open.protocol'] = session.subprotocol;
    }
    if (session.extensions) {
      this.facts['open.extensions'] = session.extensions;
    }
    this.#session = session;
  }

  /** @param {any} step */
  async #stream(step) {
    this.#isPlain = true;
    const transfer = new Transfer(this.#address(step), { headers: step.fields });
    this.#streams[step.as] = transfer;
    Object.assign(this.facts, await head(transfer, step.as, this.#time(step.within)));
    const opened = this.facts[`${step.as}.status`] === 200 && this.facts[`${step.as}.type`] === 'text/event-stream';
    Object.assign(this.facts, { 'open.ok': opened, 'open.ms': Math.trunc(transfer.headed - transfer.began) });
  }

  /** @param {any} step */
  async #events({ as, count, for: time, pause, grace = '0s' }) {
    if (this.facts['open.ok'] === true) {
      Object.assign(this.facts, await events(this.#streams[as], { as, count, time: time ? this.#time(time) : Infinity,
        pause: this.#time(pause) + this.#time(grace) }));
    }
  }

  /** @param {any} step */
  async #request(step) {
    this.#isPlain = true;
    const { as, method, fields, padding = 0, within } = step;
    const bytes = Number(replaced(String(padding), this.#values));
    const address = this.#address(step);
    if (bytes > 0) {
      address.searchParams.set('padding', 'p'.repeat(bytes));
    }
    Object.assign(this.facts, await request(address, { as, method: method && replaced(method, this.#values), headers: fields,
      padding: bytes, within: this.#time(within) }));
  }

  // a browser sends no body piece by piece over HTTP/1.1, and shows nothing of the answer before it is whole
  async #post(/** @type {any} */ step) {
    if (!step.pieces) {
      this.#isPlain = true;
      const size = Number(replaced(step.size, this.#values));
      Object.assign(this.facts, await post(this.#address(step), { as: step.as, size, within: this.#time(step.within) }));
    }
  }

  async #affinity(/** @type {any} */ { path, times, cookies, within }) {
    const hub = new URL(path, this.#surroundings.base);
    Object.assign(this.facts, await affinity(hub, { times, cookies: replaced(cookies, this.#values), within: this.#time(within) }));
  }

  async #hub(/** @type {any} */ { path, query = {}, as, within, stay = '0s' }) {
    const hub = new URL(path, this.#surroundings.base);
    Object.entries(query).forEach(([name, value]) => hub.searchParams.set(name, replaced(String(value), this.#values)));
    Object.assign(this.facts, await connection(hub,
      { as: replaced(as, this.#values), within: this.#time(within), stay: this.#time(stay) }));
  }

  // a browser has six connections for all requests to a host: only the longest is asked for
  async #held(/** @type {any} */ { times, most, steps }) {
    const limit = this.#time(most);
    const hold = Math.max(...times.map(millis).filter((/** @type {number} */ time) => time <= limit), 0) || limit;
    const script = await new Script(this.#surroundings, { ...this.#values, hold, patience: hold + PATIENCE }).run(steps);
    this.views.push(...script.views);
    const early = Number(script.facts['held.ms'] ?? 0) < hold - EARLY;
    const answered = script.facts['probe.answered'] === true && !early;
    Object.assign(this.facts, script.facts, { 'held.asked': hold },
      answered ? { 'held.longest': hold } : { 'held.failed': hold, 'held.early': early });
  }

  /** @param {any} step */
  async #sizes({ sizes: all, within, steps }) {
    Object.assign(this.facts, await sizes(all, this.#time(within), async (bytes) => {
      const script = await new Script(this.#surroundings, { ...this.#values, bytes }).run(steps);
      this.views.push(...script.views);
      return script.facts;
    }));
  }

  /**
   * @param {any} step
   * @param {Session} session
   */
  async #send(step, session) {
    if (step.count) {
      const every = step.every ? this.#time(step.every) : 0;
      Object.assign(this.facts, await numbered(session, step.count, every, this.#time(step.within)));
    } else {
      await this.#sendOneByOne(step, session);
    }
    await this.#ended(session, 0);
  }

  /**
   * Sends messages, each when the echo of the one before has come.
   * @param {any} step
   * @param {Session} session
   */
  async #sendOneByOne({ fill, sizes: all, within, probe }, session) {
    let same = 0;
    for (const size of all.map((/** @type {unknown} */ one) => Number(replaced(String(one), this.#values)))) {
      if (await this.#ended(session, 0)) {
        break;
      }
      const bytes = fill === 'planes' ? planes(size) : noise(size);
      session.send(fill === 'planes' ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) : bytes);
      this.facts['echo.sent'] = Number(this.facts['echo.sent'] ?? 0) + 1;
      const echo = await session.receive(this.#time(within));
      const differs = echo ? differsAt(echo.bytes, bytes) : -1;
      if (!echo || differs >= 0) {
        this.facts['echo.failed-size'] = size;
        Object.assign(this.facts, echo ? { 'echo.differs-at': differs } : {});
        break;
      }
      same++;
      this.facts['echo.largest'] = size;
    }
    this.facts['echo.same'] = Number(this.facts['echo.same'] ?? 0) + same;
    if (probe) {
      this.facts['probe.answered'] = same === all.length;
    }
  }

  /**
   * @param {any} step
   * @param {Session} session
   */
  async #receive({ as, count, bytes, within }, session) {
    const until = performance.now() + this.#time(within);
    if (as === 'report') {
      const first = await session.receive(until - performance.now());
      Object.assign(this.facts, first ? reportFacts(first.text ?? '') : {});
    } else if (as === 'arrival') {
      const times = [];
      for (let next; times.length < count && (next = await session.receive(until - performance.now()));) {
        times.push(next.at);
      }
      Object.assign(this.facts, arrival(times));
    } else if (as === 'pushed') {
      this.#pushed(Number(replaced(bytes, this.#values)), await session.receive(until - performance.now()));
    }
    await this.#ended(session, as ? 0 : until - performance.now());
  }

  /**
   * What is pushed is a JSON text that blanks follow.
   * @param {number} size
   * @param {import('./session.mjs').Message | undefined} message
   */
  #pushed(size, message) {
    const same = message?.bytes.length === size && (message.text ?? '').trimEnd().endsWith('}');
    if (message && !same) {
      this.facts['echo.differs-at'] = Math.min(size, message.bytes.length);
    }
    this.facts['probe.answered'] = same;
  }

  /**
   * Waits until the time is over or the session ends; perhaps with a message now and then.
   * @param {any} step
   * @param {Session} session
   */
  async #wait(step, session) {
    const until = performance.now() + this.#time(step.for);
    const pause = step.sending ? this.#time(step.sending) : Infinity;
    while (!await this.#ended(session, Math.min(pause, until - performance.now())) && performance.now() < until) {
      if (step.sending && !await this.#isAnswered(session, pause * 5)) {
        return;
      }
    }
  }

  /**
   * @param {Session} session
   * @param {number} within
   */
  #isAnswered(session, within) {
    session.send(noise(1));
    return session.receive(within);
  }

  /**
   * Closes. How the session ends then is only noted if the step waits for it: a page is told of the Close when the
   * connection has ended too, which Envoy puts off for a second.
   * @param {any} step
   * @param {Session} session
   */
  async #close({ code, reason = '', within }, session) {
    if (await this.#ended(session, 0)) {
      return;
    }
    session.close(code, replaced(reason, this.#values));
    if (within) {
      await this.#ended(session, this.#time(within));
    }
  }

  /**
   * Whether it ends in time; how is noted.
   * @param {Session} session
   * @param {number} within
   */
  async #ended(session, within) {
    await session.until(() => session.end, within);
    if (!session.end) {
      return false;
    }
    const { code, reason, at } = session.end;
    const after = Math.trunc(at - (session.opened ?? at));
    Object.assign(this.facts, { 'end.how': code === 1006 ? 'drop' : 'close', 'end.code': code, 'end.reason': reason,
      'end.after': after });
    Object.assign(this.#view ?? {}, { end: { ...session.end, after } });
    return true;
  }

  /** @param {any} step */
  async #ask({ of, within, cut, refused }) {
    const alive = this.facts['probe.answered'] === true;
    if (of === 'attempt') {
      if (!(refused && this.#session)) {
        await this.#server.askOfAttempt(this.#view?.attempt ?? '', this.#time(within));
      }
    } else if ((this.#session || this.#isPlain) && !(cut && alive)) {
      // an end that this side has not seen either is not waited for
      await this.#askOfSession(this.#time(within), !cut || 'end.how' in this.facts);
    }
    Object.assign(this.#view ?? {}, { id: this.facts['server.session'] ?? '', report: this.#server.report });
  }

  // a browser is not told the session's id (X-Session-Id); the attempt knows it
  async #askOfSession(/** @type {number} */ within, /** @type {boolean} */ mayEnd) {
    await this.#server.askOfAttempt(this.#view?.attempt ?? '', within);
    const id = this.facts['server.session'];
    if (id === undefined) {
      // of an instance that answers it is known that it could be asked
      this.facts['server.state'] ??= 'server.attempt.pods' in this.facts ? 'unknown' : 'unasked';
      return;
    }
    await this.#server.askOfSession(String(id), mayEnd ? within : 0);
  }

  /** Does the same again and again, until a session does not open or the time is over. @param {any} step */
  async #repeat({ times, within, steps }) {
    const start = performance.now();
    let [tried, opened, took] = [0, 0, 0];
    /** @type {Values} */
    let last = {};
    while (opened === tried && tried < times && took < this.#time(within)) {
      const script = await new Script(this.#surroundings, this.#values).run(steps);
      last = script.facts;
      this.views.push(...script.views);
      tried++;
      if (last['open.ok']) {
        opened++;
        took = performance.now() - start;
      }
    }
    Object.assign(this.facts, last, { 'repeat.tried': tried, 'repeat.opened': opened, 'repeat.ms': Math.trunc(took) });
  }

  /** @param {any} step */
  async #together({ sessions, stagger, steps }) {
    const start = performance.now();
    const length = Number(replaced(String(sessions), this.#values));
    const all = await Promise.all(Array.from({ length }, async (_, i) => {
      await new Promise((resolve) => setTimeout(resolve, i * this.#time(stagger)));
      const began = Math.trunc(performance.now() - start);
      const script = await new Script(this.#surroundings, this.#values).run(steps);
      this.views.push(...script.views);
      return { began, facts: script.facts };
    }));
    Object.assign(this.facts, lives(all));
  }

}
