// What the official JavaScript client has to see of /signalr, in Node and in a browser: a
// table of assertions, each of which opens connections of its own.

const count = (n) => Array.from({ length: n }, (_, i) => i + 1);
const planes = String.fromCodePoint(...count(16).map((plane) => plane * 0x10000 + 0x400), 0xd7ff, 0xe000, 0xfffd, 0x10ffff);
const values = [
  null, true, 0, -1.5, Number.MAX_SAFE_INTEGER, 1e-7, '', 'a', '\u00e9\u20ac', planes, '\u001e', '\u0000\r\n\u2028"\\/',
  'x'.repeat(5_000), [], {}, [[[]]], { a: { b: [1, { c: null }] }, '': 'empty', '\u001e': '\u001e' },
];
export const token = 'a token that nobody else may see';

// undefined is not null
const text = (value) => `${JSON.stringify(value, (_, each) => (each === undefined ? '(undefined)' : each))}`;
const short = (value) => (text(value).length > 300 ? `${text(value).slice(0, 300)}…` : text(value));

export function equal(seen, expected, what = '') {
  if (text(seen) !== text(expected)) {
    throw new Error(`${what && `${what}: `}seen ${short(seen)}, expected ${short(expected)}`);
  }
}

export function like(seen, pattern, what = '') {
  if (!pattern.test(`${seen}`)) {
    throw new Error(`${what && `${what}: `}seen ${short(`${seen}`)}, expected ${pattern}`);
  }
}

// the error that a promise is rejected with
async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return error.message;
  }
  throw new Error('seen no error, expected one');
}

const items = (stream) => new Promise((resolve, reject) => {
  const seen = [];
  stream.subscribe({ next: (item) => seen.push(item), complete: () => resolve(seen), error: reject });
});

// a list that is done when it has so many
function list(size) {
  const seen = [];
  let done;
  const full = new Promise((resolve) => (done = resolve));
  return { add: (each) => seen.push(each) === size && done(seen), full };
}

// `open(query, options)` gives a started connection, `made` one that is not; each fails when
// a connection is closed, unless it `ends`
export const assertions = {
  start: async ({ open, skips }) => {
    const connection = await open();
    equal(connection.state, 'Connected');
    like(connection.connectionId, skips ? /^null$/ : /^[\w.-]{10,}$/, 'connectionId');
  },
  echo: async ({ open }) => {
    const connection = await open();
    for (const value of values) {
      equal(await connection.invoke('Echo', value), value);
    }
  },
  'targets without case': async ({ open }) => equal(await (await open()).invoke('eCHO', 1), 1),
  'null is a result': async ({ open }) => equal(await (await open()).invoke('Echo', null), null),
  'unknown target': async ({ open }) => {
    const connection = await open();
    like(await failure(connection.invoke('Nobody')), /Unknown hub method 'Nobody'/i);
    equal(await connection.invoke('Echo', 1), 1, 'afterwards');
  },
  'failing target': async ({ open }) => like(await failure((await open()).invoke('Fail', 'on purpose')), /on purpose/),
  'call without an id': async ({ open }) => {
    const connection = await open();
    const seen = list(1);
    connection.on('Echo', (...all) => seen.add(all));
    await connection.send('Send', 'a', { b: 1 });
    await connection.send('Nobody');
    await connection.send('Fail', 'unheard');
    equal(await seen.full, [['a', { b: 1 }]]);
    equal(await connection.invoke('Echo', 1), 1, 'afterwards');
  },
  'callbacks in order': async ({ open }) => {
    const connection = await open();
    const seen = list(100);
    connection.on('Echo', seen.add);
    count(100).forEach((n) => connection.send('Send', n));
    equal(await seen.full, count(100));
  },
  'client result': async ({ open }) => {
    const connection = await open();
    connection.on('Ask', (value) => ({ asked: value }));
    equal(await connection.invoke('Ask', [1]), { asked: [1] });
  },
  'client that fails': async ({ open }) => {
    const connection = await open();
    connection.on('Ask', () => {
      throw new Error('not mine');
    });
    like(await failure(connection.invoke('Ask', 1)), /not mine/);
  },
  'stream of 5': async ({ open }) => equal(await items((await open()).stream('Count', 5, 1)), count(5)),
  'stream called as a call': async ({ open }) => like(await failure((await open()).invoke('Count', 5, 1)), /stream/i),
  'call called as a stream': async ({ open }) => like(await failure(items((await open()).stream('Echo', 1))), /stream/i),
  '500 at once': async ({ open }) => {
    const connection = await open();
    const seen = [];
    await Promise.all(count(500).map(async (n) => seen.push(await connection.invoke('Echo', n))));
    equal(seen, count(500));
  },
  // the client itself does not wait for it
  'cancel after 3': async ({ open }) => {
    let completed;
    let sent = 0;
    const completion = new Promise((resolve) => (completed = resolve));
    const connection = await open('', { received: (each) => (each.type === 2 ? sent++ : each.type === 3 && completed(each)) });
    const three = list(3);
    const subscription = connection.stream('Count', 1_000, 300).subscribe({ next: three.add, error() {}, complete() {} });
    await three.full;
    subscription.dispose();
    const { invocationId, error } = await completion;
    equal([invocationId, error], ['0', undefined], 'Completion');
    equal(sent < 20, true, `${sent} items, far fewer than all`);
  },
  'upload as a call': async ({ open, signalR }) => {
    const connection = await open();
    const subject = new signalR.Subject();
    const result = connection.invoke('Upload', subject);
    ['a', { b: 1 }, null].forEach((item) => subject.next(item));
    subject.complete();
    equal((await result).items, 3);
  },
  'upload as a stream': async ({ open, signalR }) => {
    const connection = await open();
    const subject = new signalR.Subject();
    const result = items(connection.stream('Upload', subject));
    ['a', { b: 1 }, null].forEach((item) => subject.next(item));
    subject.complete();
    equal(await result, ['a', { b: 1 }, null]);
  },
  'upload that fails': async ({ open, signalR }) => {
    const connection = await open();
    const subject = new signalR.Subject();
    const result = failure(connection.invoke('Upload', subject));
    subject.next(1);
    subject.error(new Error('no more'));
    like(await result, /no more/);
  },
  report: async ({ open, transport, skips }) => {
    const connection = await open('?transports=WebSockets,ServerSentEvents,LongPolling');
    const { requests, ...report } = await connection.invoke('Report');
    equal(report.transport, transport);
    skips || equal(report.connectionId, connection.connectionId, 'connectionId');
    const kinds = { WebSockets: ['connect'], ServerSentEvents: ['connect', 'post'], LongPolling: ['connect', 'poll', 'post'] }[transport];
    equal(requests.map(({ request }) => request).toSorted(), skips ? kinds : [...kinds, 'negotiate'].toSorted(), 'requests');
    const lines = requests.map(({ first }) => first.request).filter(Boolean);
    equal(lines.every((line) => line.includes('?transports=')), true, `the query is on every request: ${lines}`);
  },
  token: async ({ open, browser, skips }) => {
    const connection = await open('', { accessTokenFactory: () => token });
    const { requests } = await connection.invoke('Report');
    const text = JSON.stringify(requests);
    equal([token, encodeURIComponent(token)].some((each) => text.includes(each)), false, 'the report shows the token');
    const length = { length: `Bearer ${token}`.length };
    skips || equal(requests[0].first.authorization, length, 'negotiation');
    const told = requests.slice(skips ? 0 : 1).flatMap(({ first }) => first.headers).filter(({ name }) => /^authorization$/i.test(name));
    browser || equal(told.length > 0 && told.every((each) => each.length === length.length), true, 'only its length');
  },
  'close with an error': async ({ open }) => {
    const connection = await open('', { ends: true });
    const closed = new Promise((resolve) => connection.onclose(resolve));
    connection.send('Close', 'on purpose', false);
    like((await closed)?.message, /on purpose/);
  },
  'close that allows to reconnect': async ({ open, skips }) => {
    const connection = await open('', { retries: [0] });
    const before = connection.connectionId;
    const again = new Promise((resolve) => connection.onreconnected(resolve));
    connection.send('Close', null, true);
    const after = await again;
    equal((after ?? null) !== before, !skips, 'another connectionId');
    equal(await connection.invoke('Echo', 1), 1, 'afterwards');
  },
  'close for good': async ({ open }) => {
    const connection = await open('', { retries: [0], ends: true });
    const end = new Promise((resolve) => {
      connection.onclose(() => resolve('closed'));
      connection.onreconnecting(() => resolve('reconnecting'));
    });
    connection.send('Close', null, false);
    equal(await end, 'closed');
  },
  // the client's own pings come only each 15 s
  'pings keep it open': async ({ open, transport }) => {
    if (transport === 'LongPolling') {
      return; // has none, and needs none
    }
    const pings = list(7);
    const connection = await open('?keep-alive=1s', { received: (each) => each.type === 6 && pings.add(each), patience: 5_000 });
    await pings.full;
    equal(await connection.invoke('Echo', 1), 1, 'afterwards');
  },
  polls: async ({ open, transport, signalR }) => {
    if (transport !== 'LongPolling') {
      return;
    }
    const answers = list(5);
    class Noting extends signalR.DefaultHttpClient {
      async send(request) {
        const { statusCode, content } = await super.send(request);
        answers.add(`${request.method} ${statusCode} ${content.length}`);
        return { statusCode, content };
      }
    }
    const connection = await open('?poll=3s', { httpClient: new Noting({ log() {} }) });
    const seen = await answers.full;
    // negotiation; first poll, empty; handshake; its answer; a poll that has nothing to say
    like(seen.slice(0, 2), /^POST 200 \d+,GET 200 0$/);
    like(seen.slice(2, 4).toSorted(), /^GET 200 3,POST 200 0$/);
    equal(seen[4], 'GET 200 0', 'idle poll');
    equal(await connection.invoke('Echo', 1), 1, 'afterwards');
  },
  'offered transports': async ({ open, transport, skips }) => {
    if (!skips) {
      const connection = await open(`?transports=${transport}`, { transport: undefined });
      equal((await connection.invoke('Report')).transport, transport);
    }
  },
  'stateful reconnect is not offered': async ({ open, skips }) => {
    const connection = await open('', { stateful: !skips });
    equal(connection.connection.features.reconnect ?? false, false);
    equal(await connection.invoke('Echo', 1), 1);
  },
  'refused negotiation': async ({ made, skips }) =>
    skips || like(await failure(made('?negotiate-status=503').start()), /Status code '503'/),
  'forgotten connection': async ({ made, skips }) =>
    skips || like(await failure(made('?forget=0').start()), /sticky|404/),
  // the client tells its user nothing of an event stream that was cut
  'cut connection': async ({ open, transport }) => {
    const connection = await open('?lifetime=3s&end=abort', { ends: true });
    const error = await new Promise((resolve) => connection.onclose(resolve));
    like(error?.message, { WebSockets: /1006/, ServerSentEvents: /^undefined$/, LongPolling: /./ }[transport]);
  },
  'cut connection, opened again': async ({ open }) => {
    const connection = await open('?lifetime=3s&end=abort', { retries: [0, 0, 0] });
    await new Promise((resolve) => connection.onreconnected(resolve));
    equal(await connection.invoke('Echo', 1), 1, 'afterwards');
  },
};
/** Of a server that offers stateful reconnect, as ours does behind a relay that says so. */
export const resumable = {
  'version 2': async ({ open }) => {
    const connection = await open('', { stateful: true });
    equal(connection.connection.features.reconnect, true, 'stateful reconnect is used');
    equal(await connection.invoke('Echo', 1), 1);
  },
};

export const transports = { ws: 'WebSockets', 'ws-skip': 'WebSockets', sse: 'ServerSentEvents', lp: 'LongPolling' };

function build(signalR, url, name, { received, retries, patience, stateful, ...options }) {
  const builder = new signalR.HubConnectionBuilder().configureLogging(signalR.LogLevel.None)
    .withUrl(url, { transport: signalR.HttpTransportType[transports[name]], skipNegotiation: name === 'ws-skip', ...options });
  retries && builder.withAutomaticReconnect(retries);
  patience && builder.withServerTimeout(patience);
  stateful && builder.withStatefulReconnect();
  if (received) {
    const protocol = new signalR.JsonHubProtocol();
    const { parseMessages } = protocol;
    protocol.parseMessages = (...all) => {
      const messages = parseMessages.apply(protocol, all);
      messages.forEach(received);
      return messages;
    };
    builder.withHubProtocol(protocol);
  }
  return builder.build();
}

/**
 * Runs assertions over one transport: [{ client, transport, assertion, wrong? }].
 * @param only names of assertions
 * @param atOnce how many of them run side by side
 * @param patience milliseconds that each may take
 * @param options of the client
 */
export async function run(signalR, url, name,
  { only = Object.keys(assertions), client = 'JavaScript', atOnce = 4, patience = 40_000, options = {} } = {}) {
  const facts = { signalR, transport: transports[name], skips: name === 'ws-skip', browser: client === 'Chromium' };
  const results = [];
  const left = [...only];
  const work = async () => {
    for (let assertion = left.shift(); assertion; assertion = left.shift()) {
      const connect = (query, more) => build(signalR, `${url}${query}`, name, { ...options, ...more });
      results.push({ client, transport: name, assertion, wrong: await check(assertion, connect, facts, patience) });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

// what is wrong, if anything is
async function check(assertion, connect, facts, patience) {
  const opened = [];
  const made = (query = '', more = {}) => {
    opened.push(connect(query, more));
    return opened.at(-1);
  };
  let fail;
  const failed = new Promise((_, reject) => (fail = reject));
  const open = async (query, { ends, ...more } = {}) => {
    const connection = made(query, more);
    ends || connection.onclose((error) => fail(new Error(`closed: ${error?.message}`)));
    await connection.start();
    return connection;
  };
  setTimeout(() => fail(new Error(`seen no end within ${patience} ms`)), patience);
  try {
    await Promise.race([{ ...assertions, ...resumable }[assertion]({ open, made, ...facts }), failed]);
  } catch (error) {
    return error.message;
  } finally {
    opened.forEach((connection) => connection.stop().catch(() => {}));
  }
}
