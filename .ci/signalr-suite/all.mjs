// Real SignalR clients against two instances of the service, and against servers that are
// wrong, which they have to notice: `all.mjs FIRST SECOND HTTP1.0 RELAY CHUNKED HTTP1.1
// IMPATIENT`, ports of the instances; of an nginx before the first one that has nothing set; of
// a relay that sends chunks to HTTP/1.0, which starts here, and of the same nginx before that;
// of one that speaks HTTP/1.1, and of one that gives up an answer that is silent for 5 s.
import { spawn } from 'node:child_process';
import { chromium } from './browser.mjs';
import { signalR } from './client.mjs';
import { assertions, run, transports } from './js.mjs';
import { chunked, mutants } from './mutants.mjs';
import { pages, refused } from './pages.mjs';
import { address, check, gathered, instances, nginx } from './paths.mjs';
import { affinity, always, relay } from './relay.mjs';

const [first, second, plainNginx, chunking, chunkedNginx, withoutUpgrade, impatient] = process.argv.slice(2).map(Number);

// what is to run: { group, client, transport, url, only?, patience?, options?, host?, judge? }
async function planned() {
  const clients = {
    Node: Object.keys(transports),
    pysignalr: ['ws'],
    signalrcore: Object.keys(transports),
    aiosignalr: Object.keys(transports),
  };
  const plain = Object.entries(clients).flatMap(([group, each]) =>
    each.map((transport) => ({ group, ...(group === 'Node' ? { client: 'JavaScript', url: address(first) } : { client: group, url: address(second) }), transport })));
  return [...plain, ...(await pages(Object.keys(assertions), first, second)), ...(await balanced()), ...(await broken())];
}

// a cookie names the instance of the negotiation; some clients do not send it with the connection
async function balanced() {
  const keeps = ['pysignalr/ws', 'aiosignalr/sse', 'aiosignalr/lp'];
  const loses = ['aiosignalr/ws', 'signalrcore/ws', 'signalrcore/sse'];
  return Promise.all([...keeps, ...loses].map(async (each) => {
    const [client, transport] = each.split('/');
    // aiohttp takes no cookies of an address
    const url = address((await relay(affinity([first, second]))).port).replace('127.0.0.1', 'localhost');
    return { group: 'two instances, a cookie', client, transport, url, only: ['echo'], judge: loses.includes(each) && refused('loses the cookie') };
  }));
}

// each mutant; and the right server behind a relay, for which all of the same has to hold
async function broken() {
  const runs = [];
  for (const [letter, [, change, clients, right = {}]] of Object.entries(mutants)) {
    const ports = { 'right behind a relay': (await relay(always(first), right)).port, [letter]: (await relay(always(first), change)).port };
    for (const [group, port] of Object.entries(ports)) {
      for (const [each, only] of Object.entries(clients)) {
        const [client, transport] = each.split('/');
        runs.push({ group, client, transport, url: address(port), only, host: '127.0.0.1', ...(group === letter && { patience: 12_000 }) });
      }
    }
  }
  return runs;
}

async function python(runs) {
  const program = new URL('python.py', import.meta.url).pathname;
  const what = runs.flatMap(({ client, transport, url, only = [], patience = 40_000 }) => [`${client}/${transport}`, url, `${patience}`, `${only}`]);
  const child = spawn('python3', [program, ...what], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = Buffer.concat(await child.stdout.toArray()).toString().trim().split('\n');
  const results = lines.map((line) => JSON.parse(line));
  return runs.map((one) => results.filter((each) => ['url', 'client', 'transport'].every((name) => each[name] === one[name])));
}

const by = {
  JavaScript: (runs) => Promise.all(runs.map(({ url, transport, only, patience }) => run(signalR, url, transport, { only, patience }))),
  Chromium: chromium,
  Python: python,
};

async function played(runs) {
  await Promise.all(Object.keys(by).map(async (name) => {
    const mine = runs.filter(({ client }) => (client in by ? client : 'Python') === name);
    const results = await by[name](mine);
    mine.forEach((each, i) => (each.results = results[i]));
  }));
  for (const each of runs.filter(({ results }) => !results?.length)) {
    each.results = [{ ...each, assertion: 'all', wrong: 'seen no result' }];
  }
  for (const each of runs.filter(({ judge }) => judge)) {
    const judged = Object.entries(each.judge(each)).map(([name, isSo]) => check(each.client, each.transport, name, async () => isSo()));
    each.results.push(...(await Promise.all(judged)));
  }
  return runs;
}

const key = ({ client, transport, assertion }) => `${client}, ${transport}, ${assertion}`;
const line = (each) => `  ${key(each)}: ${each.wrong.replaceAll(/\s+/g, ' ')}`.slice(0, 240);
let right = 0, all = 0;

function tell(group, results) {
  const failed = results.filter(({ wrong }) => wrong);
  all += results.length;
  right += results.length - failed.length;
  console.log(`${group}: ${results.length - failed.length} of ${results.length} right`);
  failed.forEach((each) => console.log(line(each)));
}

// by an assertion that holds for the right server
function tellMutant(letter, what, results, ofRight) {
  const failed = results.filter(({ wrong }) => wrong);
  const noticed = failed.some((each) => ofRight.some((other) => key(other) === key(each) && !other.wrong));
  all++;
  right += noticed;
  console.log(`mutant ${letter}, ${what}: ${noticed ? 'noticed by' : 'NOT NOTICED'}`);
  failed.forEach((each) => console.log(line(each)));
}

await relay(always(first), chunked, chunking);
// a service that has just started is slow
for (const port of [first, second]) {
  await Promise.all(Object.keys(transports).map((transport) => run(signalR, address(port), transport, { only: ['echo', 'report'] })));
}
const besides = {
  'two instances': instances([first, second]),
  'long polling behind an nginx with nothing set': run(signalR, address(plainNginx), 'lp'),
};
const runs = await played(await planned());
const of = (group) => runs.filter((each) => each.group === group).flatMap(({ results }) => results);
const groups = [...new Set(runs.map(({ group }) => group))];
groups.filter((group) => !(group in mutants)).forEach((group) => tell(group, of(group)));
for (const [group, results] of Object.entries(besides)) {
  tell(group, await results);
}
Object.entries(mutants).forEach(([letter, [what]]) => tellMutant(letter, what, of(letter), of('right behind a relay')));
// what does not happen is awaited when nothing else keeps the machine busy
const [behindNginx, waiting, served] = await Promise.all([
  nginx(address(withoutUpgrade), address(impatient)),
  gathered(address(plainNginx)),
  gathered(address(chunkedNginx)),
]);
tell('nginx', [...behindNginx, ...waiting]);
tellMutant('r', 'chunks for HTTP/1.0', served, waiting);
console.log(`SignalR's clients: ${right} of ${all} right`);
process.exit(right === all ? 0 : 1);
