/** What a session has sent, and what it is owed for it. */
import { now } from './clock.ts';
import { echoesVerified, fault, messagesSent, roundTrip } from './metrics.ts';
import { late } from './settings.ts';

/** The numbered messages of one session, and the verification of their echoes. */
export class Echoes {
  private next = 0;
  private highest = -1; // number that has come back
  private readonly owed = new Map<number, { due: number; sent: number }>();
  private readonly padding: string;

  /** @param name tells the session's messages from those of any other */
  constructor(private readonly name: string, size: number) {
    this.padding = 'x'.repeat(size);
  }

  get isSettled(): boolean {
    return this.owed.size === 0;
  }

  /** The next message, which is owed from now on. */
  message(due: number): string {
    this.owed.set(this.next, { due, sent: now() });
    messagesSent.add(1);
    return this.text(this.next++);
  }

  /** Verifies what has been received. */
  received(data: unknown, tags?: Record<string, string>): void {
    const number = this.numberOf(data);
    const message = this.owed.get(number);
    if (number < 0) {
      fault('echoes_wrong', `${this.name} received what it never sent: ${String(data).slice(0, 80)}`);
    } else if (message === undefined) {
      fault('echoes_duplicated', `${this.name} received message ${number} twice`);
    } else {
      this.owed.delete(number);
      this.verified(number, now() - message.due, tags);
    }
  }

  private verified(number: number, time: number, tags?: Record<string, string>): void {
    if (number < this.highest) {
      fault('echoes_out_of_order', `${this.name} received message ${number} after ${this.highest}`);
    }
    this.highest = Math.max(this.highest, number);
    if (time > late) {
      fault('echoes_late', `${this.name} received message ${number} ${Math.round(time)} ms after it was due`);
    }
    echoesVerified.add(1);
    roundTrip.add(time, tags);
  }

  /** The session is over: what is owed is lost. */
  settle(): void {
    this.lose([...this.owed.keys()]);
  }

  /**
   * The server has gone away. What it had echoed past, or had `late` milliseconds for, it
   * has lost; the rest it may not have read.
   */
  goneAway(): void {
    const at = now();
    this.lose([...this.owed].filter(([number, { sent }]) => number < this.highest || at - sent > late).map(([number]) => number));
  }

  /** What is owed, to be sent again. */
  again(): string[] {
    const at = now();
    return [...this.owed.keys()].map((number) => {
      this.owed.set(number, { due: at, sent: at });
      return this.text(number);
    });
  }

  private lose(numbers: number[]): void {
    numbers.forEach((number) => this.owed.delete(number));
    if (numbers.length > 0) {
      fault('echoes_lost', `${this.name} has no echo of message ${numbers[0]}`, numbers.length);
    }
  }

  private text(number: number): string {
    return `${this.name}#${number} ${this.padding}`;
  }

  /** The number of a message that was sent, exactly as it was; -1 for anything else. */
  private numberOf(data: unknown): number {
    const number = typeof data === 'string' ? parseInt(data.slice(this.name.length + 1), 10) : -1;
    return number >= 0 && number < this.next && data === this.text(number) ? number : -1;
  }
}
