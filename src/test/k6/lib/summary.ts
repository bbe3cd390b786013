/** The end of a run: as text, and with WSECHO_REPORTS as JSON and JUnit in that directory. */
import { faults } from './metrics.ts';
import { profile, url } from './settings.ts';

type Values = Record<string, number>;
type Metric = { type: string; values: Values; thresholds?: Record<string, { ok: boolean }> };
export type Result = { metrics: Record<string, Metric | undefined>; state: { testRunDurationMs: number } };
type Verdict = { metric: string; threshold: string; ok: boolean; values: Values };

/**
 * What k6 calls at the end of the run.
 * @param name of the script
 * @param more lines of its own
 */
export function summary(name: string, more: (result: Result) => string[] = () => []) {
  return (result: Result): Record<string, string> => {
    const verdicts = verdictsOf(result);
    const files: Record<string, string> = { stdout: text(name, result, verdicts, more(result)) };
    if (__ENV.WSECHO_REPORTS) {
      files[`${__ENV.WSECHO_REPORTS}/${name}.json`] = JSON.stringify({ name, url, profile, ...result }, null, 2);
      files[`${__ENV.WSECHO_REPORTS}/${name}.xml`] = junit(name, result, verdicts);
    }
    return files;
  };
}

/** The count of a counter or trend; 0 for one without samples. */
export function count(result: Result, metric: string): number {
  return result.metrics[metric]?.values.count ?? 0;
}

/** The percentiles of a trend in milliseconds, or that it has none. */
export function percentiles(result: Result, metric: string): string {
  const values = result.metrics[metric]?.values;
  if (!values?.count) {
    return 'none seen';
  }
  return ['med', 'p(90)', 'p(99)', 'p(99.9)', 'max'].map((each) => `${each} ${values[each].toFixed(1)}`).join(', ') + ' ms';
}

function verdictsOf(result: Result): Verdict[] {
  return Object.entries(result.metrics).flatMap(([metric, seen]) =>
    Object.entries(seen?.thresholds ?? {}).map(([threshold, { ok }]) => ({ metric, threshold, ok, values: seen!.values })),
  );
}

function text(name: string, result: Result, verdicts: Verdict[], more: string[]): string {
  const seconds = result.state.testRunDurationMs / 1_000;
  const seen = Object.keys(faults).filter((each) => count(result, each) > 0);
  const failed = verdicts.filter(({ ok }) => !ok);
  const lines = [
    `${name} of ${url}, profile ${profile}, ${seconds.toFixed(1)} s`,
    ...(result.metrics.sessions_opened ? measured(result) : []),
    ...more,
    line('faults', seen.map((each) => `${each} ${count(result, each)}`).join(', ') || 'none'),
    ...failed.map(({ metric, threshold, values }) => line('FAILED', `${metric}: ${threshold}, but ${shown(values)}`)),
    `${failed.length === 0 ? 'passed' : 'failed'}: ${verdicts.length - failed.length} of ${verdicts.length} thresholds hold`,
  ];
  return `\n${lines.join('\n')}\n`;
}

function measured(result: Result): string[] {
  return [
    line('sessions', `${count(result, 'sessions_opened')} opened, ${count(result, 'sessions_unfinished')} unfinished`),
    line('handshakes', percentiles(result, 'handshake_time')),
    line('echoes', `${count(result, 'echoes_verified')} verified of ${count(result, 'messages_sent')} messages`),
    line('round trips', percentiles(result, 'echo_round_trip')),
    line('generator', `behind its schedule by ${percentiles(result, 'generator_behind')}`),
  ];
}

export function line(label: string, what: string): string {
  return `  ${label.padEnd(12)} ${what}`;
}

function shown(values: Values): string {
  return 'p(99)' in values ? `p(99) is ${values['p(99)'].toFixed(1)}` : `the count is ${values.count}`;
}

function junit(name: string, result: Result, verdicts: Verdict[]): string {
  const failures = verdicts.filter(({ ok }) => !ok).length;
  const cases = verdicts.map(({ metric, threshold, ok, values }) => {
    const failure = ok ? '' : `<failure message="${escaped(shown(values))}"/>`;
    return `  <testcase classname="k6.${name}" name="${escaped(`${metric}: ${threshold}`)}">${failure}</testcase>\n`;
  });
  const time = (result.state.testRunDurationMs / 1_000).toFixed(3);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="k6.${name}" tests="${verdicts.length}" failures="${failures}" errors="0" skipped="0" time="${time}">
${cases.join('')}</testsuite>
`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
