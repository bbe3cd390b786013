/** One stream of messages that outlives its sessions: it is resumed where the server went away. */
import { now, pause } from './clock.ts';
import { Echoes } from './echoes.ts';
import { fault, reconnectTime, reconnectsRefused, sessionsDrained } from './metrics.ts';
import { Session, sessionName } from './session.ts';

const FIRST_RETRY = 250; // milliseconds; doubled each time, up to the last
const LAST_RETRY = 2_000;

export class Stream {
  private readonly echoes: Echoes;
  private session!: Session;
  private isFinished = false;
  private isDrained = false;
  private isOver!: Promise<void>;

  constructor(size: number) {
    this.echoes = new Echoes(sessionName(), size);
  }

  /** @return whether the first handshake succeeded */
  async open(): Promise<boolean> {
    this.session = new Session(now(), this.echoes, { goingAway: true });
    const isOpen = await this.session.opened;
    this.isOver = this.follow();
    return isOpen;
  }

  send(due: number): void {
    this.session.send(due);
  }

  async finish(): Promise<void> {
    this.isFinished = true;
    await this.session.finish();
    await this.isOver;
    if (!this.isDrained) {
      fault('sessions_not_drained', 'the server never went away');
    }
  }

  private async follow(): Promise<void> {
    while ((await this.session.ended) === 1001) {
      sessionsDrained.add(1);
      this.isDrained = true;
      const ended = now();
      this.echoes.goneAway();
      if (!(await this.reconnect())) {
        fault('reconnects_failed', `no session ${Math.round(now() - ended)} ms after the server went away`);
        this.echoes.settle();
        return;
      }
      reconnectTime.add(now() - ended);
      this.session.resend();
      if (this.isFinished) {
        this.session.finish();
      }
    }
  }

  /** Tries until there is a session, or the run is over. */
  private async reconnect(): Promise<boolean> {
    for (let retry = FIRST_RETRY; ; retry = Math.min(2 * retry, LAST_RETRY)) {
      const session = new Session(now(), this.echoes, { goingAway: true, refused: () => reconnectsRefused.add(1) });
      if (await session.opened) {
        this.session = session;
        return true;
      }
      if (this.isFinished) {
        return false;
      }
      // not all of them at once
      await pause(retry * (0.5 + Math.random() / 2));
    }
  }
}
