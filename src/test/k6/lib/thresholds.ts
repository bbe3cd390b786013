/** What a run has to fulfil. */
import { faults } from './metrics.ts';
import { behind } from './settings.ts';

type Thresholds = Record<string, string[]>;

// closes by code: k6 keeps apart only what has a threshold
const codes = ['none', 1000, 1001, 1002, 1005, 1006, 1007, 1009, 1011];

/** Else the numbers are the generator's and not the server's. */
export const onSchedule: Thresholds = { generator_behind: [`p(99)<${behind}`] };

/**
 * No fault, and something to have none in: a threshold on a metric without samples passes,
 * but for `count>0`.
 * @param seen counters that must not be empty
 */
export function faultless(...seen: string[]): Thresholds {
  return {
    ...Object.fromEntries(['sessions_opened', ...seen].map((name) => [name, ['count>0']])),
    ...Object.fromEntries(Object.keys(faults).map((name) => [name, ['count==0']])),
    ...Object.fromEntries(codes.map((code) => [`closes_abnormal{code:${code}}`, ['count==0']])),
    sessions_unfinished: ['count==0'],
  };
}
