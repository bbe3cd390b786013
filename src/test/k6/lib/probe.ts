/** A session that is driven step by step. What does not come in time is an error. */
import { clearTimeout, setTimeout } from 'k6/timers';
import type { Params } from 'k6/websockets';
import { now } from './clock.ts';
import type { End } from './session.ts';
import { patience } from './settings.ts';
import { WebSocket } from './websocket.ts';
import type { Socket } from './websocket.ts';

export type Closed = { kind: 'close'; code: End; reason: string; at: number };
type Events = {
  open: { kind: 'open'; at: number };
  ping: { kind: 'ping'; at: number };
  pong: { kind: 'pong'; at: number };
  message: { kind: 'message'; data: unknown; at: number };
  close: Closed;
};
type Event = Events[keyof Events];

export class Probe {
  readonly socket: Socket;
  readonly began = now();
  openedAt = 0;
  private readonly events: Event[] = [];
  private wake: () => void = () => {};

  private constructor(url: string, subprotocols: string[] | null = null, params: Params = {}) {
    this.socket = new WebSocket(url, subprotocols, params);
    this.socket.binaryType = 'arraybuffer';
    this.socket.onopen = () => this.add({ kind: 'open', at: now() });
    this.socket.onping = () => this.add({ kind: 'ping', at: now() });
    this.socket.onpong = () => this.add({ kind: 'pong', at: now() });
    this.socket.onmessage = ({ data }) => this.add({ kind: 'message', data, at: now() });
    this.socket.onerror = () => {}; // a close follows
    this.socket.onclose = ({ code, reason }) => this.add({ kind: 'close', code: code ?? 'none', reason, at: now() });
  }

  static async open(url: string, subprotocols?: string[], params?: Params): Promise<Probe> {
    const probe = new Probe(url, subprotocols, params);
    probe.openedAt = (await probe.next('open')).at;
    return probe;
  }

  /** The next event, which has to be of this kind. */
  async next<K extends keyof Events>(kind: K): Promise<Events[K]> {
    const event = await this.within(patience);
    if (event?.kind !== kind) {
      throw new Error(`expected ${kind}, but there was ${shown(event)}`);
    }
    return event as Events[K];
  }

  /** Sends a message, and expects it back. */
  async echo(message: string | ArrayBuffer): Promise<number> {
    this.socket.send(message);
    return this.echoOf(message);
  }

  /** Expects the echo of a message. */
  async echoOf(message: string | ArrayBuffer): Promise<number> {
    const { data, at } = await this.next('message');
    if (!isSame(data, message)) {
      throw new Error(`${shown({ kind: 'message', data, at })} is not the echo of ${shown({ kind: 'message', data: message, at })}`);
    }
    return at;
  }

  /** Expects the end of the session. */
  async closed(code: End, reason?: string): Promise<Closed> {
    const close = await this.next('close');
    if (close.code !== code || (reason !== undefined && close.reason !== reason)) {
      throw new Error(`expected a close with ${code} ${reason ?? ''}, but there was ${shown(close)}`);
    }
    return close;
  }

  /** Expects nothing for some time. */
  async silence(milliseconds: number): Promise<void> {
    const event = await this.within(milliseconds);
    if (event) {
      throw new Error(`expected nothing, but there was ${shown(event)}`);
    }
  }

  /** Closes with 1000, and expects the answer. */
  async close(): Promise<void> {
    this.socket.close(1000);
    await this.closed(1000);
  }

  private add(event: Event): void {
    this.events.push(event);
    this.wake();
  }

  private async within(milliseconds: number): Promise<Event | undefined> {
    if (this.events.length === 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.events.shift();
  }
}

function isSame(actual: unknown, expected: string | ArrayBuffer): boolean {
  if (typeof expected === 'string' || typeof actual === 'string') {
    return actual === expected;
  }
  const [a, b] = [new Uint8Array(actual as ArrayBuffer), new Uint8Array(expected)];
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function shown(event: Event | undefined): string {
  if (!event) {
    return 'nothing';
  }
  switch (event.kind) {
    case 'message':
      return typeof event.data === 'string' ? `"${event.data.slice(0, 60)}"` : `${(event.data as ArrayBuffer).byteLength} bytes`;
    case 'close':
      return event.code === 'none' ? 'the end of the connection' : `a close with ${event.code} ${event.reason}`;
    default:
      return `a ${event.kind}`;
  }
}
