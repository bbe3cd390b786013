// 500 clients with automatic reconnect on each transport, and the instance that has all of
// them is stopped: `drain.mjs FIRST SECOND PID`, ports and the process of the first.
import { signalR } from './client.mjs';
import { transports } from './js.mjs';
import { affinity, relay } from './relay.mjs';

const [first, second, pid] = process.argv.slice(2).map(Number);
const each = 500;
const patience = 45_000;

// of a balancer that asks for readiness
let ready = [first];
const { port } = await relay(affinity([first, second], (instance) => ready.includes(instance)));
async function probe() {
  const answers = await Promise.allSettled([first, second].map((instance) => fetch(`http://127.0.0.1:${instance}/readyz`)));
  ready = [first, second].filter((_, i) => answers[i].value?.ok);
}

function client(transport) {
  const seen = { transport, closes: [] };
  const protocol = new signalR.JsonHubProtocol();
  const { parseMessages } = protocol;
  protocol.parseMessages = (...all) => {
    const messages = parseMessages.apply(protocol, all);
    seen.closes.push(...messages.filter(({ type }) => type === 7));
    return messages;
  };
  const connection = new signalR.HubConnectionBuilder().configureLogging(signalR.LogLevel.None).withHubProtocol(protocol)
    .withUrl(`http://127.0.0.1:${port}/signalr`, { transport: signalR.HttpTransportType[transports[transport]] })
    .withAutomaticReconnect([0, 500, 1_000, 2_000, 4_000, 4_000, 4_000]).build();
  seen.again = new Promise((resolve) => {
    connection.onreconnected(() => resolve('reconnected'));
    connection.onclose((error) => resolve(`closed: ${error?.message}`));
  });
  return Object.assign(seen, { connection });
}

async function start(clients) {
  // as many at once as a listener's queue takes
  for (let i = 0; i < clients.length; i += 50) {
    await Promise.all(clients.slice(i, i + 50).map(({ connection }) => connection.start()));
  }
}

const clients = ['ws', 'sse', 'lp'].flatMap((transport) => Array.from({ length: each }, () => client(transport)));
const began = Date.now();
await start(clients);
const opened = Date.now();
await probe();
const probing = setInterval(probe, 100);
process.kill(pid, 'SIGTERM');
const late = new Promise((resolve) => setTimeout(resolve, patience, 'told nothing'));
const ends = await Promise.all(clients.map(({ again }) => Promise.race([again, late])));
const moved = Date.now();
const isThere = async () => (await fetch(`http://127.0.0.1:${first}/readyz`).catch(() => undefined)) !== undefined;
while (await isThere()) {
  await new Promise((resolve) => setTimeout(resolve, 100));
}
clearInterval(probing);
// now none is left but the second instance
const echoes = await Promise.all(clients.map(({ connection }) => connection.invoke('Echo', 'there').catch((error) => error.message)));

const wrong = [];
for (const transport of ['ws', 'sse', 'lp']) {
  const mine = clients.map((each, i) => ({ ...each, end: ends[i], echo: echoes[i] })).filter((each) => each.transport === transport);
  const facts = {
    'one Close that allows to reconnect': mine.filter(({ closes }) => closes.length === 1 && closes[0].allowReconnect === true).length,
    reconnected: mine.filter(({ end }) => end === 'reconnected').length,
    'on the second instance': mine.filter(({ echo }) => echo === 'there').length,
  };
  for (const [fact, count] of Object.entries(facts).filter(([, count]) => count !== each)) {
    const others = [...new Set(mine.flatMap(({ end, echo, closes }) => [end, echo, JSON.stringify(closes)]))].slice(0, 6);
    wrong.push(`drain, ${transport}, ${fact}: seen ${count}, expected ${each}; ${others}`);
  }
}
wrong.forEach((line) => console.error(line));
console.log(`drain: ${9 - wrong.length} of 9 right; ${3 * each} clients opened in ${(opened - began) / 1_000} s, moved in ${(moved - opened) / 1_000} s`);
process.exit(wrong.length === 0 ? 0 : 1);
