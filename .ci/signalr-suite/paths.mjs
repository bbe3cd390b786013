// What a stock client gets from two instances behind a balancer, and behind nginx.
import { signalR } from './client.mjs';
import { equal, like, run, transports } from './js.mjs';
import { affinity, chance, relay, turns } from './relay.mjs';

const names = { WebSocketTransport: 'WebSockets', ServerSentEventsTransport: 'ServerSentEvents', LongPollingTransport: 'LongPolling' };

export const address = (port) => `http://127.0.0.1:${port}/signalr`;

export async function check(client, transport, assertion, isSo) {
  let wrong;
  try {
    await isSo();
  } catch (error) {
    wrong = error.message;
  }
  return { client, transport, assertion, wrong };
}

/** What becomes of a client: the transport that it took, or the error, within some time. */
async function start(url, { lasting = 0, ...options } = {}) {
  const connection = new signalR.HubConnectionBuilder().configureLogging(signalR.LogLevel.None).withUrl(url, options).build();
  const closed = new Promise((resolve) => connection.onclose((error) => resolve(`closed: ${error?.message}`)));
  try {
    await connection.start();
    const took = names[connection.connection.transport.constructor.name];
    return lasting ? await Promise.race([closed, within(lasting, took)]) : took;
  } catch (error) {
    return error.message;
  } finally {
    await connection.stop();
  }
}

const within = (milliseconds, value) => new Promise((resolve) => setTimeout(resolve, milliseconds, value));

/** Two instances, of which the connection reaches another than the negotiation, or not. */
export async function instances(ports) {
  const each = (assertion, isSo) => check('JavaScript', 'any', assertion, isSo);
  const three = async (choose, options) => {
    const url = address((await relay(choose)).port);
    return [await start(url, options), await start(url, options), await start(url, options)];
  };
  const results = await Promise.all([
    each('strict turns: never', async () => {
      for (const seen of await three(turns(ports))) {
        like(seen, /WebSockets failed.*ServerSentEvents failed.*LongPolling failed/s);
      }
    }),
    each('strict turns without negotiation', async () => {
      const skip = { skipNegotiation: true, transport: signalR.HttpTransportType.WebSockets };
      equal(await three(turns(ports), skip), Array(3).fill('WebSockets'));
    }),
    each('strict turns with a cookie', async () => equal(await three(affinity(ports)), Array(3).fill('WebSockets'))),
    // WebSockets if, and only if, the handshake reached the instance of the negotiation
    each('by chance', async () => {
      const chosen = [];
      const by = chance(ports);
      const { port } = await relay((request) => {
        const choice = by(request);
        chosen.push(choice.port);
        return choice;
      });
      const seen = [];
      for (let i = 0; i < 20; i++) {
        chosen.length = 0;
        const took = await start(address(port));
        equal(took === 'WebSockets', chosen[0] === chosen[1], `start ${i}, which reached ${chosen}, took ${took}`);
        seen.push(took === 'WebSockets');
      }
      equal(new Set(seen).size, 2, 'some start on WebSockets, some do not');
    }),
  ]);
  const only = ['start', 'echo', '500 at once', 'upload as a stream', 'close that allows to reconnect'];
  const whole = Object.keys(transports).map(async (transport) =>
    run(signalR, address((await relay(affinity(ports))).port), transport, { only }));
  return [...results, ...(await Promise.all(whole)).flat()];
}

/** Behind an nginx that passes no Upgrade on, and one that gives up an answer that is silent for 5 s. */
export async function nginx(withoutUpgrade, impatient) {
  const quiet = (transport, query, expected) => check('JavaScript', transport, `5 s of silence at most, ${query}`, async () => {
    const options = { transport: signalR.HttpTransportType[transports[transport]], lasting: 7_500 };
    like(await start(`${impatient}?${query}`, options), expected);
  });
  return Promise.all([
    check('JavaScript', 'any', 'no Upgrade', async () => equal(await start(withoutUpgrade), 'ServerSentEvents')),
    quiet('ws', 'keep-alive=15s', /1006/),
    quiet('ws', 'keep-alive=1s', /^WebSockets$/),
    quiet('sse', 'keep-alive=15s', /^closed: undefined$/),
    quiet('sse', 'keep-alive=1s', /^ServerSentEvents$/),
    quiet('lp', 'poll=90s', /504/),
    quiet('lp', 'poll=1s', /^LongPolling$/),
  ]);
}

/** Behind an nginx with nothing set: the stream opens only when it is over, and the client does not tire. */
export async function gathered(url) {
  const waits = (transport) => check('JavaScript', transport, 'nginx with nothing set: the client waits', async () =>
    equal(await Promise.race([start(url, { transport: signalR.HttpTransportType[transports[transport]] }), within(3_000, 'waiting')]), 'waiting'));
  return Promise.all([waits('sse'), waits('any')]);
}
