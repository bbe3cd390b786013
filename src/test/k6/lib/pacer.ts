/** The open model: everything has a time at which it is due, however late the last one was. */
import { now, pause } from './clock.ts';
import { generatorBehind } from './metrics.ts';

/** Calls back `count` times, the n-th one due at `began + n * every`. */
export async function pace(began: number, every: number, count: number, act: (n: number, due: number) => void): Promise<void> {
  for (let n = 0; n < count; ) {
    await pause(began + n * every - now());
    // what a late timer has made due at once: each counts, or a long delay would be one of many
    const until = now();
    for (; n < count && began + n * every <= until; n++) {
      generatorBehind.add(until - began - n * every);
      act(n, began + n * every);
    }
  }
}
