/** One WebSocket session, from its handshake to its Close. */
import exec from 'k6/execution';
import { clearTimeout, setTimeout } from 'k6/timers';
import { now } from './clock.ts';
import { Echoes } from './echoes.ts';
import { fault, handshakeTime, pongs, sessionsOpened, sessionsUnfinished } from './metrics.ts';
import { patience, url } from './settings.ts';
import { WebSocket } from './websocket.ts';
import type { Socket } from './websocket.ts';

let sessions = 0;

/** A name that no other session of the run has. */
export function sessionName(): string {
  return `session ${exec.vu.idInTest}.${++sessions}`;
}

/** How a session ended: the close code, 'none' for a reset. */
export type End = number | 'none';

export type Options = {
  /** the server may close with 1001 */
  goingAway?: boolean;
  /** tags of the round trips */
  tags?: () => Record<string, string>;
  /** called after each message received */
  received?: () => void;
  /** called instead of counting a failed handshake */
  refused?: () => void;
};

export class Session {
  private readonly socket: Socket;
  private timer = 0;
  private awaited = 0; // pongs
  private isOpen = false;
  private isClosing = false;
  private isOver = false;
  private report!: (end: End) => void;
  private settled: () => void = () => {};

  /** Settled by the 101; false if there is none. */
  readonly opened: Promise<boolean>;
  /** Settled by the end of the session, or of the wait for it. */
  readonly ended: Promise<End>;

  /**
   * @param due when the handshake should begin, by now()
   */
  constructor(
    due: number,
    private readonly echoes: Echoes,
    private readonly options: Options = {},
  ) {
    this.socket = new WebSocket(url);
    // k6's engine loses `this` in an arrow of a field's initializer, after an await
    this.ended = new Promise((resolve) => (this.report = resolve));
    this.opened = new Promise((resolve) => {
      this.limit(() => this.refuse('no answer', resolve));
      this.socket.onopen = () => {
        if (this.isOver) {
          this.socket.close(1000);
          return;
        }
        handshakeTime.add(now() - due);
        this.open();
        resolve(true);
      };
      this.socket.onerror = ({ error }) => this.isOpen || this.refuse(error, resolve);
    });
    this.socket.onmessage = ({ data }) => this.received(data);
    this.socket.onpong = () => this.pong();
    this.socket.onclose = ({ code }) => this.close(code ?? 'none');
  }

  get isUsable(): boolean {
    return this.isOpen && !this.isClosing && !this.isOver;
  }

  /** Sends the next message, if the session is open. */
  send(due: number): void {
    if (this.isUsable) {
      this.socket.send(this.echoes.message(due));
    }
  }

  /** Sends again what an earlier session left unanswered. */
  resend(): void {
    this.echoes.again().forEach((message) => this.socket.send(message));
  }

  ping(): void {
    if (this.isUsable) {
      this.awaited++;
      this.socket.ping();
    }
  }

  /** Waits for what is owed, then closes with 1000. */
  async finish(): Promise<End> {
    if (this.isUsable) {
      await this.answers();
      this.isClosing = true;
      if (!this.isOver) {
        this.limit(() => {
          fault('closes_unanswered', `no Close ${patience} ms after ours`);
          this.end('none');
        });
        this.socket.close(1000);
      }
    }
    return this.ended;
  }

  private answers(): Promise<void> {
    return new Promise((resolve) => {
      this.settled = resolve;
      this.limit(resolve);
      this.settle();
    });
  }

  private settle(): void {
    if (this.echoes.isSettled && this.awaited === 0) {
      this.settled();
    }
  }

  private open(): void {
    clearTimeout(this.timer);
    this.isOpen = true;
    sessionsOpened.add(1);
    sessionsUnfinished.add(1);
  }

  private refuse(why: string, resolve: (opened: boolean) => void): void {
    if (this.isOver) {
      return;
    }
    clearTimeout(this.timer);
    this.isOver = true;
    if (this.options.refused) {
      this.options.refused();
    } else {
      fault('handshakes_failed', why);
    }
    this.report('none');
    resolve(false);
  }

  private received(data: unknown): void {
    this.echoes.received(data, this.options.tags?.());
    this.options.received?.();
    this.settle();
  }

  private pong(): void {
    pongs.add(1);
    this.awaited--;
    this.settle();
  }

  private close(code: End): void {
    if (!this.isOpen || this.isOver) {
      return;
    }
    const isExpected = this.isClosing ? code === 1000 : code === 1001 && this.options.goingAway;
    if (!isExpected) {
      fault('closes_abnormal', `closed with ${code}${code === 1006 ? ', which is no Close at all' : ''}`, 1, { code: String(code) });
    }
    this.end(code);
  }

  private end(code: End): void {
    clearTimeout(this.timer);
    this.isOver = true;
    sessionsUnfinished.add(-1);
    if (this.awaited > 0 && code !== 1001) {
      fault('pongs_lost', `${this.awaited} pings have no pong`, this.awaited);
    }
    if (code !== 1001 || !this.options.goingAway) {
      this.echoes.settle();
    }
    this.settled();
    this.report(code);
  }

  private limit(act: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, patience);
  }
}
