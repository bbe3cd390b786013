// What is asked of the client in a browser beyond the assertions: what a page of another
// origin sends, as a relay in front of the hub sees it.
import { equal, token, transports } from './js.mjs';
import { address } from './paths.mjs';
import { affinity, relay } from './relay.mjs';

const slow = ['pings keep it open', 'polls', 'cut connection', 'cut connection, opened again'];

/**
 * The runs of Chromium.
 * @param all names of assertions
 * @param first a port that takes pages of every origin
 * @param second one that takes those of 127.0.0.1
 */
export async function pages(all, first, second) {
  const runs = [];
  const page = async (choose, run) => {
    const { port, requests } = await relay(choose);
    runs.push({ group: 'Chromium', client: 'Chromium', host: '127.0.0.1', url: address(port), requests, ...run });
  };
  for (const transport of Object.keys(transports)) {
    await page(affinity([second]), { transport, only: all.filter((each) => !slow.includes(each) && each !== 'token'), judge: plain });
    await page(affinity([second]), { transport, only: ['token'], judge: withToken });
    await page(affinity([second]), { transport, only: ['start'], host: 'localhost', judge: refused('refused origin') });
  }
  for (const transport of ['ws', 'sse', 'lp']) {
    const both = () => affinity([first, second]);
    await page(both(), { transport, only: ['start', 'echo', '500 at once'] });
    await page(both(), { transport, only: ['start'], options: { withCredentials: false }, judge: refused('two instances, no credentials') });
  }
  return runs;
}

function plain({ requests, transport }) {
  if (transport === 'ws-skip') {
    return { 'no preflight': () => equal(requests.filter(({ method }) => method === 'OPTIONS').length, 0) };
  }
  return {
    preflight: () => {
      const asked = requests.find(({ method }) => method === 'OPTIONS');
      equal(asked?.headers['access-control-request-headers']?.split(/, ?/).toSorted(), ['x-requested-with', 'x-signalr-user-agent']);
    },
    credentials: () => equal(of(connects(requests), ({ headers }) => /instance-/.test(headers.cookie)), [true]),
    'no token': () => equal(of(requests, travelled), ['nowhere']),
  };
}

function withToken({ requests, transport }) {
  const asked = (name) => requests.filter(({ method }) => method === name);
  const there = transport === 'lp' ? 'Authorization' : 'access_token';
  return {
    'token of the connection': () => equal(of(connects(requests), travelled), [there]),
    'token of what is posted': () => equal(of(asked('POST'), travelled), transport === 'ws-skip' ? [] : ['Authorization']),
    'token of the preflight': () => equal(of(asked('OPTIONS'), travelled), transport === 'ws-skip' ? [] : ['nowhere']),
  };
}

/** The only assertion has to fail: the client does not start. */
export const refused = (name) => (run) => {
  const { wrong } = run.results.pop();
  return { [name]: () => equal(wrong !== undefined, true, 'start() fails') };
};

const connects = (requests) => requests.filter(({ method }) => method === 'GET');
const of = (requests, fact) => [...new Set(requests.map(fact))];

function travelled({ url, headers }) {
  const places = [];
  new URL(url, 'http://any').searchParams.get('access_token') === token && places.push('access_token');
  headers.authorization === `Bearer ${token}` && places.push('Authorization');
  return places.join() || 'nowhere';
}
