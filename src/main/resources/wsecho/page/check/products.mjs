/**
 * By what a product can be recognised: the field Server of an answer, or a field that it adds to a handshake. Those of
 * the first five were seen in tests; Kong's is from its pull request 12733 (3.8 and later), that of AWS from its document
 * "Request tracing for your Application Load Balancer", and Google's from what others report.
 * @type {[string, string, RegExp][]}
 */
const SIGNS = [
  ['nginx', 'ready.server', /nginx|openresty/i],
  ['Envoy', 'ready.server', /envoy/i],
  ['Apache', 'ready.server', /^apache/i],
  ['Caddy', 'report.fields.via', /caddy/i],
  ['Traefik', 'report.fields.x-forwarded-proto', /^wss?$/],
  ['Kong', 'report.fields.via', /kong/i],
  ['AWS ALB', 'report.fields.x-amzn-trace-id', /./],
  ['Google', 'report.fields.via', /google/i],
];

/**
 * The products that left a sign.
 * @param {import('./table.mjs').Values} signs
 */
export function products(signs) {
  return SIGNS.filter(([, fact, pattern]) => pattern.test(String(signs[fact] ?? ''))).map(([product]) => product);
}
