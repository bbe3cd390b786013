/** Where the document is served, which may be below a prefix. */
export const BASE = new URL('.', document.baseURI);

/** @param {string} path relative to the document */
export function ownAddress(path) {
  return new URL(path.replace(/^\//, ''), BASE.href.replace(/^http/, 'ws'));
}

/** @param {URL} url */
export function isOwn(url) {
  return url.host === BASE.host && url.pathname.startsWith(`${BASE.pathname}websocket`);
}

/**
 * @param {string} text that somebody typed
 * @returns {URL}
 * @throws {Error} that says what is accepted
 */
export function parseAddress(text) {
  let url;
  try {
    url = new URL(text.trim(), ownAddress('websocket'));
  } catch {
    throw new Error(`"${text}" is no address: it must be like wss://host/path, or a path on this host.`);
  }
  url.protocol = url.protocol.replace(/^http/, 'ws');
  if (!/^wss?:$/.test(url.protocol)) {
    throw new Error(`A WebSocket's address begins with ws: or wss:, and not with ${url.protocol}`);
  }
  if (url.hash) {
    throw new Error(`A WebSocket's address has no fragment (RFC 6455, 3): leave ${url.hash} out, or write %23 for #.`);
  }
  return url;
}

/**
 * @param {URL} url
 * @returns {string} why the browser may refuse it; empty if it need not
 */
export function mixedContent(url) {
  if (location.protocol !== 'https:' || url.protocol !== 'ws:') {
    return '';
  }
  return 'This page came by https:, and from there a browser opens ws: to this machine only (mixed content). '
    + 'Use wss:, or open the console by http:.';
}

/** 128 bits: nobody else can guess what to ask for. */
export function newAttempt() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
