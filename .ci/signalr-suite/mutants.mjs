// Servers that are wrong, each in one way that has broken a real client: what a relay changes
// of what the right one does, and the assertions that have to fail for it. `{}` changes
// nothing, and all of them have to pass.

const json = (change) => ({
  answered: (answer, { url }) => {
    if (url.includes('/negotiate')) {
      const response = JSON.parse(answer.body);
      change(response);
      answer.body = JSON.stringify(response);
    }
  },
});
const isHandshake = ({ protocol }) => protocol !== undefined;
const refuseVersion = (version) => (record, session) => {
  if (isHandshake(record) && record.version === version) {
    session.toClient({ error: `The server does not support version ${version} of the 'json' protocol.` });
    session.end();
    return [];
  }
  return [record];
};
const offerResume = json((response) => (response.useStatefulReconnect = true));
const refused = { status: 400, body: 'Bad Request' };
const isPoll = ({ method, headers }) => method === 'GET' && !/event-stream/.test(headers.accept);

// each: what is wrong; what the relay changes; client/transport → assertions that see it; what
// a relay changes for which they hold
export const mutants = {
  a: ['handshake of version 0 refused', { fromClient: refuseVersion(0) }, { 'signalrcore/ws': ['echo'] }],
  b: ['handshake of version 2 refused', { ...offerResume, fromClient: refuseVersion(2) }, { 'JavaScript/ws': ['version 2'] }, offerResume],
  c: ['no negotiation of version 0', { answers: ({ url }) => /negotiate(?!.*negotiateVersion)/.test(url) && refused },
    { 'pysignalr/ws': ['echo'], 'signalrcore/sse': ['echo'] }],
  d: ['no negotiateVersion in the answer', json((response) => delete response.negotiateVersion), { 'signalrcore/ws': ['echo'] }],
  e: ['connectionId and connectionToken swapped', json((response) => {
    [response.connectionId, response.connectionToken] = [response.connectionToken, response.connectionId];
  }), { 'JavaScript/ws': ['start'], 'JavaScript/lp': ['start'], 'aiosignalr/sse': ['echo'] }],
  f: ['handshake answered in a binary message', { binary: true }, { 'JavaScript/ws': ['start'] }],
  g: ['first poll held', { answers: firstPollHeld() }, { 'JavaScript/lp': ['start', 'polls'] }],
  h: ['a body in the answer to a POST', {
    answered: (answer, { method, url }) => method === 'POST' && !url.includes('/negotiate') && (answer.body = 'OK'),
  }, { 'signalrcore/sse': ['echo'], 'signalrcore/lp': ['echo'], 'JavaScript/lp': ['polls'] }],
  i: ['Accept: Text refused', { answers: ({ headers }) => !/^$|\//.test(headers.accept ?? '') && refused }, { 'signalrcore/lp': ['echo'] }],
  j: ['a call without an id is answered', {
    fromClient: (record, session) => {
      record.type === 1 && !record.invocationId && session.toClient({ type: 3, invocationId: null, result: null });
      return [record];
    },
  }, { 'JavaScript/ws': ['call without an id'], 'aiosignalr/ws': ['call without an id'] }],
  k: ['a result that is null left out', {
    fromServer: ({ result, ...record }) => [result === null || result === undefined ? record : { ...record, result }],
  }, { 'JavaScript/ws': ['null is a result'] }],
  m: ['stateful reconnect that nobody asked for', offerResume, { 'JavaScript/ws': ['start'] }],
  n: ['a silent client is given up after two pings', {
    opened: (session) => {
      const every = parseFloat(session.query.get('keep-alive'));
      every && setTimeout(session.end, every * 2_000);
    },
  }, { 'JavaScript/ws': ['pings keep it open'] }],
  o: ['no pings', { fromServer: (record) => (record.type === 6 ? [] : [record]) }, { 'JavaScript/ws': ['pings keep it open'] }],
  p: ['Access-Control-Allow-Origin: * with credentials', {
    fields: (fields) => fields['access-control-allow-origin'] && (fields['access-control-allow-origin'] = '*'),
  }, { 'Chromium/lp': ['start'], 'Chromium/sse': ['start'] }],
  q: ['an unknown field in Close', { fromServer: (record) => [record.type === 7 ? { ...record, reason: 'new' } : record] },
    { 'pysignalr/ws': ['close'] }],
  // (l), a Sequence numbered by the text of the specification, has no place: nothing is resumed
  // (r) is another kind of relay: `chunked`
  s: ['an upload needs an invocationId', {
    fromClient: (record, session) => {
      if (record.streamIds && !record.invocationId) {
        session.toClient({ type: 7, error: 'no invocationId' });
        session.end();
      }
      return [record];
    },
  }, { 'pysignalr/ws': ['upload'], 'signalrcore/ws': ['upload'] }],
  t: ['no Completion after a cancellation', cancelled(), { 'JavaScript/ws': ['cancel after 3'] }],
};
/** Chunks for a request of HTTP/1.0: nginx passes them on as they come. */
export const chunked = {
  fields: (fields, { httpVersion }) => httpVersion === '1.0' && (fields['transfer-encoding'] = 'chunked'),
};

// until the client gives up
function firstPollHeld() {
  const seen = new Set();
  return (request) => {
    const id = new URL(request.url, 'http://any').searchParams.get('id');
    const isFirst = isPoll(request) && !seen.has(id);
    isPoll(request) && seen.add(id);
    return isFirst && new Promise(() => {});
  };
}

function cancelled() {
  const ids = new Set();
  return {
    fromClient: (record) => {
      record.type === 5 && ids.add(record.invocationId);
      return [record];
    },
    fromServer: (record) => (record.type === 3 && ids.delete(record.invocationId) ? [] : [record]),
  };
}
