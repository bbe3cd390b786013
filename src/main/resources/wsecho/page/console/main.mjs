import { Charts } from './charts.mjs';
import { compose } from './composer.mjs';
import { Connection } from './connection.mjs';
import { byId, enable, onPress, onSubmit } from './dom.mjs';
import { counted } from './format.mjs';
import { ConnectionForm } from './form.mjs';
import { Log, now } from './log.mjs';
import { LogView } from './logview.mjs';
import { Seconds } from './seconds.mjs';
import { ServerView } from './serverview.mjs';
import { Soaking } from './soaking.mjs';
import { BASE } from './address.mjs';

const STATUS_MILLIS = 5000;
const PATIENCE_MILLIS = 10_000;

const form = new ConnectionForm();
const seconds = new Seconds();
const log = new Log();
const connection = new Connection(log, seconds, changed);
const view = new LogView(connection);
const server = new ServerView(connection);
const charts = new Charts(seconds);
const soaking = new Soaking(connection);

const connect = byId('connect', HTMLButtonElement);
const send = byId('send', HTMLButtonElement);
const close = byId('close', HTMLButtonElement);
const abort = onPress('abort', () => connection.drop());

function changed() {
  const { state } = connection;
  enable(connect, state === 'closed');
  enable(close, state === 'open' || state === 'connecting');
  enable(abort, state !== 'closed');
  enable(send, state === 'open');
  abort.textContent = state === 'closing' ? 'Forget it' : 'Abort';
  byId('state', HTMLElement).textContent = state === 'closing'
    ? 'closing: the browser waits for the server, up to a minute' : state;
  if (state === 'open' || state === 'closed') {
    server.ask();
  }
  say();
}

// not each message: a flooded live region is read from its start to its end
function say() {
  const sentence = `The session is ${connection.state}: ${counted(log.end - log.first, 'row')}, ${counted(log.errors, 'error')}.`;
  const status = byId('status', HTMLElement);
  if (connection.exchanges.length && status.textContent !== sentence) {
    status.textContent = sentence;
  }
}

onSubmit('connection', () => {
  try {
    connection.open(form.url(), form.offered());
  } catch {
    // the form says what is wrong with the address
    form.address.focus();
  }
});
onSubmit('ending', () => {
  const code = byId('close-code', HTMLInputElement).value;
  connection.close(code === '' ? undefined : Number(code), byId('close-reason', HTMLInputElement).value);
});
compose((data) => connection.send(data));

async function describe() {
  const note = byId('api-note', HTMLElement);
  try {
    form.describe(await (await fetch(new URL('api', BASE), { signal: AbortSignal.timeout(PATIENCE_MILLIS) })).json());
    note.textContent = '';
  } catch {
    note.textContent = 'The service did not describe its parameters: type them into the address.';
  }
  const unknown = form.fill(new URLSearchParams(location.search));
  if (unknown.length) {
    note.textContent += ` The link has parameters that nothing is known of: ${unknown.join(', ')}.`;
  }
}

function frame() {
  view.render();
  soaking.render();
  requestAnimationFrame(frame);
}

setInterval(say, STATUS_MILLIS);
setInterval(() => {
  seconds.tick(connection.state === 'open' ? now() : 0);
  charts.draw();
}, 1000);
describe();
frame();
