// one that wsecho sends has a few thousand characters
const MAX_LENGTH = 256 * 1024;

/**
 * Facts of the report that a wsecho sends of a handshake. What a browser itself has sent is not known to its
 * pages, so that nothing is said of fields that are missing or were added.
 * @param {string} message
 * @returns {import('./table.mjs').Values}
 */
export function reportFacts(message) {
  const report = message.length < MAX_LENGTH ? parsed(message) : {};
  const facts = {
    'report.session': text(report.session),
    'report.http': text(report.http),
    'report.tls': Array.isArray(report.headers) ? typeof report.tls === 'object' && report.tls !== null : undefined,
    'report.subprotocols.offered': list(report.subprotocols?.offered),
    'report.subprotocols.accepted': list(report.subprotocols?.accepted),
    'report.extensions.offered': list(report.extensions?.offered),
    'report.extensions.accepted': list(report.extensions?.accepted),
  };
  const fields = Array.isArray(report.headers) ? report.headers : [];
  const shown = fields.map((/** @type {any} */ field) =>
    [`report.fields.${name(field?.name)}`, text(field?.value)]);
  return Object.fromEntries([...Object.entries(facts), ...shown].filter(([, value]) => value !== undefined));
}

/** @param {string} message */
function parsed(message) {
  try {
    return JSON.parse(message) ?? {};
  } catch {
    return {};
  }
}

/** @param {unknown} value */
function text(value) {
  return typeof value === 'string' ? value : undefined;
}

// :authority is to HTTP/2 what Host is to HTTP/1.1 (RFC 9113, 8.3.1)
function name(/** @type {unknown} */ field) {
  const lower = text(field)?.toLowerCase();
  return lower === ':authority' ? 'host' : lower;
}

/** @param {unknown} value */
function list(value) {
  return Array.isArray(value) ? value.map(text).join(', ') : undefined;
}
