// Parses /api, which may not give a warning, and validates the messages that the server
// sends. Each check is also made where it has to fail.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(`${process.env.NODE_PACKAGES}/`);
const { Parser } = require('@asyncapi/parser');
const Ajv = require('ajv').default;
const WebSocket = require('ws');
const [server] = process.argv.slice(2);
// it wants the newest version of AsyncAPI whichever that is
const ignored = new Set(['asyncapi-latest-version']);

async function faults(document) {
  const { diagnostics } = await new Parser().parse(JSON.stringify(document));
  return diagnostics.filter(({ code }) => !ignored.has(code)).map(({ code, message, path }) => `${code}: ${message} (${path.join('.')})`);
}

function firstMessage(path) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${server}${path}`, ['a'], { headers: { Cookie: 'a=b' } });
    socket.on('message', (text) => {
      resolve(JSON.parse(text));
      socket.terminate();
    });
    socket.on('error', reject);
  });
}

async function validate(api, path, name) {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const schema = { $ref: `#/components/messages/${name}/payload`, components: api.components };
  const isValid = ajv.compile(schema);
  const message = await firstMessage(path);
  assert.ok(isValid(message), JSON.stringify(isValid.errors));
  assert.ok(!isValid({ ...message, more: 1 }), 'an unknown field is taken');
  assert.ok(!isValid({ ...message, time: 1 }), 'a time that is a number is taken');
}

const api = await (await fetch(`http://${server}/api`)).json();
assert.deepEqual(await faults(api), []);
assert.notDeepEqual(await faults({ ...api, channels: { wrong: { address: 1 } } }), []);
// of the packaged jar, which has a version
assert.match(api['x-wsecho'].version, /^\d/);
assert.equal(api['x-wsecho'].version, api.info.version);
await validate(api, '/websocket/handshake', 'report');
await validate(api, '/websocket/push', 'numbered');
console.log(`/api: AsyncAPI ${api.asyncapi}, ${Object.keys(api.channels).length} channels, 0 faults; 2 messages are as described`);
process.exit();
