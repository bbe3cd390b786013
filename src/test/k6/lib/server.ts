/** Whether the server is a wsecho, and what it offers. */
import http from 'k6/http';
import { url } from './settings.ts';

type Channel = { address: string; parameters: object; bindings: { ws: { query: { properties: object } } } };
export type Api = { paths: string[]; parameters: string[] };

const headers = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
};

/** What `GET /api` beside the echo says; null if the server is another one. */
export function describe(): Api | null {
  const response = http.get(httpUrl('').replace(/\/[^/]*$/, '/api'));
  if (response.status !== 200) {
    return null;
  }
  const api = response.json() as { info?: { title: string }; channels: Record<string, Channel> };
  return api.info?.title === 'wsecho' ? offered(Object.values(api.channels)) : null;
}

function offered(channels: Channel[]): Api {
  return {
    // as they are below the echo's own
    paths: channels.map(({ address }) => address.replace(/^\/websocket/, '')),
    parameters: [
      ...new Set(channels.flatMap(({ parameters, bindings }) => Object.keys({ ...parameters, ...bindings.ws.query.properties }))),
    ],
  };
}

/** What the server says of an attempt at a handshake. */
export function attempt(name: string) {
  const response = http.get(httpUrl('').replace(/\/[^/]*$/, `/attempts/${name}`));
  return response.json() as { arrivals: { status: number }[] };
}

/** The answer to a handshake, of which k6's WebSocket does not show the fields. */
export function answer(path: string) {
  return http.get(httpUrl(path), { headers, redirects: 0 });
}

function httpUrl(path: string): string {
  return url.replace(/^ws/, 'http') + path;
}
