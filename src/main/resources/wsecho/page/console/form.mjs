import { pathsOf } from './api.mjs';
import { isOwn, mixedContent, ownAddress, parseAddress } from './address.mjs';
import { byId, element } from './dom.mjs';

/** Parameters that the service may have beside these are in a group of their own. */
const GROUPS = [
  { title: 'End', names: ['messages', 'lifetime', 'end', 'code', 'reason'] },
  { title: 'Replies', names: ['delay', 'fragment', 'limit'] },
  { title: 'Control frames', names: ['ping', 'withhold'] },
  { title: 'Handshake', names: ['subprotocol', 'compress', 'handshake-delay', 'strict'] },
];

/** What to connect to: an address, the parameters of its query, the subprotocols. */
export class ConnectionForm {
  constructor() {
    this.path = byId('path', HTMLSelectElement);
    this.address = byId('address', HTMLInputElement);
    this.subprotocols = byId('subprotocols', HTMLInputElement);
    this.groups = byId('groups', HTMLDivElement);
    /** @type {import('./api.mjs').Path[]} */
    this.paths = [];
    /** @type {string[]} */
    this.common = [];
    this.address.value = ownAddress('websocket').href;
    byId('connection', HTMLFormElement).addEventListener('input', (event) => this.#changed(event.target));
  }

  /** @param {any} api the service's AsyncAPI document */
  describe(api) {
    const { paths, common } = pathsOf(api);
    this.paths = paths;
    this.common = common;
    this.path.append(...paths.map(({ path, summary }) => element('option', { value: path }, `${path}: ${summary}`)));
    this.#showParameters();
  }

  /**
   * Fills the fields from the query of the document's own address.
   * @param {URLSearchParams} query
   * @returns {string[]} the parameters that nothing is known of
   */
  fill(query) {
    const url = query.get('url');
    if (url !== null) {
      this.address.value = url;
    }
    this.subprotocols.value = query.get('subprotocols') ?? this.subprotocols.value;
    this.#showParameters();
    const fields = new Map(this.#fields().map((field) => [field.name, field]));
    const unknown = [];
    for (const [name, value] of query) {
      const field = fields.get(name);
      if (field) {
        field.value = value;
        byId('parameters', HTMLDetailsElement).open = true;
      } else if (name !== 'url' && name !== 'subprotocols') {
        unknown.push(name);
      }
    }
    this.#showTarget();
    return unknown;
  }

  /**
   * The address with the parameters that are set.
   * @throws {Error} if it is none
   */
  url() {
    const url = parseAddress(this.address.value);
    for (const { name, value } of this.#set()) {
      if (!name.startsWith('{')) {
        url.searchParams.set(name, value);
      }
    }
    const inPath = new Map(this.#set().map(({ name, value }) => [name, value]));
    url.pathname = url.pathname.replace(/%7B([\w-]+)%7D/gi, (whole, name) => {
      const value = inPath.get(`{${name}}`);
      return value === undefined ? whole : encodeURIComponent(value);
    });
    return url;
  }

  /** @returns {string[]} */
  offered() {
    return this.subprotocols.value.split(',').map((name) => name.trim()).filter(Boolean);
  }

  #fields() {
    return /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ ([...this.groups.querySelectorAll('input, select')]);
  }

  #set() {
    return this.#fields().filter(({ value }) => value !== '');
  }

  /** @param {EventTarget | null} field */
  #changed(field) {
    if (field === this.path) {
      this.address.value = ownAddress(this.path.value).href.replace(/%7B/g, '{').replace(/%7D/g, '}');
    }
    if (field === this.path || field === this.address) {
      this.#showParameters();
    }
    this.#showTarget();
  }

  // the parameters of another path go, and what all paths have stays
  #showParameters() {
    const path = this.#known();
    this.path.value = path?.path ?? '';
    const values = new Map(this.#set().map(({ name, value }) => [name, value]));
    const all = (path ?? this.paths[0])?.parameters ?? [];
    const own = path ? all.filter(({ name, inPath }) => inPath || !this.common.includes(name)) : [];
    const shared = all.filter((each) => !own.includes(each) && !each.inPath);
    const rest = shared.filter(({ name }) => !GROUPS.some(({ names }) => names.includes(name)));
    const groups = [
      { title: 'This path', parameters: own },
      ...GROUPS.map(({ title, names }) => ({ title, parameters: shared.filter(({ name }) => names.includes(name)) })),
      { title: 'Other', parameters: rest },
    ];
    this.groups.replaceChildren(...groups.filter(({ parameters }) => parameters.length).map(fieldset));
    this.#fields().forEach((field) => { field.value = values.get(field.name) ?? ''; });
    this.#showTarget();
  }

  // below any prefix, and the most specific one
  #known() {
    let pathname = '';
    try {
      pathname = parseAddress(this.address.value).pathname;
    } catch {
      // it is being typed
    }
    return [...this.paths].sort((one, other) => other.path.length - one.path.length).find(({ path }) =>
      new RegExp(`${path.replace(/\{[\w-]+\}/g, '[^/]+')}$`).test(pathname));
  }

  #showTarget() {
    try {
      const url = this.url();
      byId('target', HTMLElement).textContent = url.href;
      byId('link', HTMLAnchorElement).href = `?${this.#link()}`;
      this.#note(mixedContent(url) || (isOwn(url) ? '' : 'Another host: its server is not asked what it saw.'), true);
    } catch (wrong) {
      this.#note(/** @type {Error} */ (wrong).message, false);
    }
  }

  /**
   * @param {string} text
   * @param {boolean} isAddress
   */
  #note(text, isAddress) {
    const note = byId('address-note', HTMLElement);
    note.textContent = text;
    note.className = isAddress ? '' : 'wrong';
    this.address.ariaInvalid = String(!isAddress);
    byId('connects', HTMLElement).hidden = !isAddress;
  }

  #link() {
    const query = new URLSearchParams([['url', this.address.value]]);
    if (this.subprotocols.value) {
      query.set('subprotocols', this.subprotocols.value);
    }
    this.#set().forEach(({ name, value }) => query.set(name, value));
    return query;
  }
}

/** @param {{title: string, parameters: import('./api.mjs').Parameter[]}} group */
function fieldset({ title, parameters }) {
  return element('fieldset', {}, element('legend', {}, title), ...parameters.map(field));
}

/** @param {import('./api.mjs').Parameter} parameter */
function field({ name, inPath, description, accepts, type, values, min, max }) {
  const key = inPath ? `{${name}}` : name;
  const id = `parameter-${key}`;
  const hint = element('small', { id: `${id}-hint` }, `${description}: ${accepts}`);
  /** @type {Record<string, string>} */
  const attributes = { id, name: key, 'aria-describedby': hint.id };
  const input = values.length
    ? element('select', attributes, element('option', { value: '' }, 'not set'),
      ...values.map((value) => element('option', { value }, value)))
    : element('input', { ...attributes, ...range(type, min, max), autocomplete: 'off', spellcheck: 'false' });
  return element('div', { class: 'field' }, element('label', { for: id }, name), input, hint);
}

/**
 * @param {string} type
 * @param {number | undefined} min
 * @param {number | undefined} max
 * @returns {Record<string, string>}
 */
function range(type, min, max) {
  if (type !== 'integer') {
    return {};
  }
  return { type: 'number', min: String(min ?? 0), ...(max === undefined ? {} : { max: String(max) }) };
}
