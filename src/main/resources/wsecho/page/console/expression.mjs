const LIMIT_MILLIS = 2000;

/** A regular expression, whatever its case, that may take only so long. */
export class Expression {
  #source;
  #failed;
  #worker;
  #busy = true;
  #timer = 0;

  /**
   * @param {string} source
   * @param {(why: string) => void} failed nothing is answered from then on
   * @throws {SyntaxError} if it is none
   */
  constructor(source, failed) {
    this.#source = new RegExp(source).source;
    this.#failed = failed;
    this.#worker = new Worker(new URL('./expression-worker.mjs', import.meta.url), { type: 'module' });
    this.#worker.onerror = () => this.#fail('The expression cannot be evaluated: a part of this page did not load. Load the page again.');
    // answered once the worker has loaded, which is not the expression's time
    this.#post([], () => {});
  }

  /** Whether it has not yet answered. */
  get busy() {
    return this.#busy;
  }

  /**
   * @param {string[]} texts
   * @param {(hits: boolean[]) => void} answered
   */
  test(texts, answered) {
    this.#timer = setTimeout(() => this.#fail(`This expression takes too long: it was ended after ${
      LIMIT_MILLIS / 1000} s, and the log is not filtered. Repetition within repetition, as in (a+)+, can backtrack without end.`), LIMIT_MILLIS);
    this.#post(texts, answered);
  }

  /**
   * @param {string[]} texts
   * @param {(hits: boolean[]) => void} answered
   */
  #post(texts, answered) {
    this.#busy = true;
    this.#worker.onmessage = ({ data }) => {
      clearTimeout(this.#timer);
      this.#busy = false;
      answered(data);
    };
    this.#worker.postMessage({ source: this.#source, texts });
  }

  /** @param {string} why */
  #fail(why) {
    this.end();
    this.#failed(why);
  }

  end() {
    clearTimeout(this.#timer);
    this.#worker.onmessage = null;
    this.#worker.terminate();
  }
}
