/** Sessions that are held open while they exchange messages. */
import type { Options } from 'k6/options';
import { now } from './clock.ts';
import { Echoes } from './echoes.ts';
import { pace } from './pacer.ts';
import { Session, sessionName } from './session.ts';
import { common, setting, tail } from './settings.ts';
import { onSchedule } from './thresholds.ts';

/** Messages a second, in each session. */
export const rate = setting('RATE', { ci: 10, local: 2, cluster: 2 });
/** Bytes of padding in each message. */
const size = setting('SIZE', { ci: 64, local: 64, cluster: 64 });
/** Seconds for which a session sends; then it closes, and the next one opens. */
const lifetime = setting('SESSION_SECONDS', { ci: 3, local: 15, cluster: 60 });
/** Sessions of one VU: k6 does more with 50 in one than with one in 50. */
const share = setting('SESSIONS_PER_VU', { ci: 20, local: 50, cluster: 50 });

/** To so many sessions in so many seconds. */
export type Stage = { seconds: number; sessions: number };

/** Options for a number of held sessions that follows the stages. */
export function stages(stages: Stage[], thresholds: Options['thresholds']): Options {
  return {
    ...common,
    thresholds: { ...onSchedule, ...thresholds },
    scenarios: {
      sessions: {
        executor: 'ramping-vus',
        startVUs: 0,
        stages: stages.map(({ seconds, sessions }) => ({ duration: `${seconds}s`, target: Math.ceil(sessions / share) })),
        // a session is never cut off
        gracefulRampDown: tail(lifetime),
        gracefulStop: tail(lifetime),
      },
    },
  };
}

/**
 * The sessions of one VU, from their handshakes to their Closes.
 * @param tags of the messages that are due now
 */
export async function held(tags?: () => Record<string, string>): Promise<void> {
  const sessions: Session[] = [];
  // a second for all: a VU's sessions come and go together
  await pace(now(), 1_000 / share, share, (_, due) => sessions.push(new Session(due, new Echoes(sessionName(), size), { tags })));
  await Promise.all(sessions.map((session) => session.opened));
  await pace(now(), 1_000 / rate / share, Math.round(rate * lifetime * share), (n, due) => sessions[n % share].send(due));
  await Promise.all(sessions.map((session) => session.finish()));
}
