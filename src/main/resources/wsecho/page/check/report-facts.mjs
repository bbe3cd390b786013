/**
 * Facts of the report that a wsecho sends of a handshake. What a browser itself has sent is not known to its
 * pages, so that nothing is said of fields that are missing or were added.
 * @param {string} message
 * @returns {import('./table.mjs').Values}
 */
export function reportFacts(message) {
  const report = parsed(message);
  const facts = {
    'report.session': text(report.session),
    'report.http': text(report.http),
    'report.subprotocols.offered': list(report.subprotocols?.offered),
    'report.subprotocols.accepted': list(report.subprotocols?.accepted),
  };
  const fields = Array.isArray(report.headers) ? report.headers : [];
  const shown = fields.map((/** @type {any} */ field) =>
    [`report.fields.${String(field?.name).toLowerCase()}`, text(field?.value)]);
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

/** @param {unknown} value */
function list(value) {
  return Array.isArray(value) ? value.join(', ') : undefined;
}
