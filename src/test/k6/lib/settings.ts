/** What a run is asked for: `-e NAME=value`. */
import type { Options } from 'k6/options';

export type PerProfile = { ci: number; local: number; cluster: number };

/** The address of the echo; on wsecho the other paths are below it. */
export const url = __ENV.WSECHO_URL || 'ws://localhost:1901/websocket';

export const profile = profileOf(__ENV.WSECHO_PROFILE || 'local');

/** A number: `WSECHO_<name>`, or that of the profile. */
export function setting(name: string, values: PerProfile): number {
  const given = __ENV[`WSECHO_${name}`];
  const value = given === undefined ? values[profile] : Number(given);
  if (!(value > 0)) {
    throw new Error(`WSECHO_${name} is "${given}": it takes a number above 0`);
  }
  return value;
}

/** Milliseconds that anything may take: an echo, a handshake, the answer to a Close. */
export const patience = 1_000 * setting('PATIENCE', { ci: 10, local: 10, cluster: 10 });

/** Milliseconds after which an echo is late. */
export const late = 1_000 * setting('LATE', { ci: 5, local: 1, cluster: 1 });

/** Milliseconds by which the generator may be behind its own schedule, 99 times of 100. */
export const behind = setting('BEHIND', { ci: 3_000, local: 100, cluster: 100 });

/** How long sessions of so many seconds may take to end, as k6 writes it. */
export function tail(seconds: number): string {
  return `${seconds + (3 * patience) / 1_000}s`;
}

/** Options that every script has: the summary is ours, and has every percentile it names. */
export const common: Options = {
  summaryTrendStats: ['count', 'min', 'med', 'p(90)', 'p(99)', 'p(99.9)', 'max'],
};

function profileOf(name: string): keyof PerProfile {
  if (name !== 'ci' && name !== 'local' && name !== 'cluster') {
    throw new Error(`WSECHO_PROFILE is "${name}": it takes one of ci, local, cluster`);
  }
  return name;
}
