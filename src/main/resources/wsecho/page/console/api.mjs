/**
 * @typedef {{name: string, inPath: boolean, description: string, accepts: string, type: string, values: string[],
 *   min?: number, max?: number}} Parameter
 * @typedef {{path: string, summary: string, parameters: Parameter[]}} Path
 */

// `attempt` is the console's own
const HIDDEN = ['attempt'];

/**
 * @param {any} api the service's AsyncAPI document
 * @returns {{paths: Path[], common: string[]}} the WebSocket paths, and the parameters that all of them have
 */
export function pathsOf(api) {
  const channels = /** @type {any[]} */ (Object.values(api.channels)).filter(({ bindings }) => bindings?.ws);
  const paths = channels.map((channel) => pathOf(api, channel));
  const common = Object.keys(api.components.schemas)
    .filter((name) => paths.every(({ parameters }) => parameters.some((each) => !each.inPath && each.name === name)));
  return { paths, common };
}

/**
 * @param {any} api
 * @param {any} channel
 * @returns {Path}
 */
function pathOf(api, channel) {
  const inPath = Object.entries(channel.parameters)
    .map(([name, parameter]) => parameterOf(name, true, /** @type {any} */ (parameter)));
  const inQuery = Object.entries(channel.bindings.ws.query.properties)
    .filter(([name]) => !HIDDEN.includes(name))
    .map(([name, schema]) => parameterOf(name, false, resolve(api, schema)));
  return { path: channel.address, summary: channel.summary, parameters: [...inPath, ...inQuery] };
}

/**
 * @param {any} api
 * @param {any} schema
 */
function resolve(api, schema) {
  return schema.$ref ? api.components.schemas[schema.$ref.split('/').at(-1)] : schema;
}

/**
 * @param {string} name
 * @param {boolean} inPath
 * @param {any} schema
 * @returns {Parameter}
 */
function parameterOf(name, inPath, schema) {
  const [description, accepts = ''] = schema.description.split('. It must be ');
  const type = schema.type ?? 'string';
  const values = type === 'boolean' ? ['true', 'false'] : schema.enum ?? [];
  return { name, inPath, description, accepts, type, values, min: schema.minimum, max: schema.maximum };
}
