/** One clock for all that is measured. */
import exec from 'k6/execution';
import { setTimeout } from 'k6/timers';

let instance: typeof exec.instance | undefined;

/** Milliseconds since the test began, with fractions; Date.now() has whole ones only. */
export function now(): number {
  // the getter of exec.instance costs ten times what it is asked for
  instance ??= exec.instance;
  return instance.currentTestRunDuration;
}

/** When the scenario began, by now(). */
export function scenarioBegan(): number {
  return now() - (Date.now() - exec.scenario.startTime);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(() => resolve(), Math.max(0, milliseconds)));
}
