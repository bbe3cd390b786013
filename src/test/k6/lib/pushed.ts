/** The pushed messages of one session: numbers without a gap, on time but for those left out. */
type Message = { number: number; time: string; late: number };

export class Pushed {
  private received = 0;
  private began = 0;
  private beats = 0; // since the first message, with those that were left out
  private left = 0;

  /**
   * @param every milliseconds between two messages
   * @param tolerance milliseconds that a message may stray
   */
  constructor(private readonly every: number, private readonly tolerance: number) {}

  get messages(): number {
    return this.received;
  }

  /** How many the server says that it left out. */
  get leftOut(): number {
    return this.left;
  }

  /** @return what is wrong with the message, if anything */
  receive({ number, time, late }: Message): string | undefined {
    if (number !== this.received + 1) {
      return `number ${number} after ${this.received}`;
    }
    const at = Date.parse(time);
    this.began ||= at;
    this.beats += this.received === 0 ? 0 : 1 + late;
    this.received++;
    this.left += late;
    const strayed = at - this.began - this.beats * this.every;
    return Math.abs(strayed) > this.tolerance ? `number ${number} is ${strayed} ms off, with ${this.left} left out` : undefined;
  }
}
