// Asks a Prometheus each query of a dashboard, none of which may have nothing to show; and
// the faults that it looks for have to be those of the scripts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const [dashboard, prometheus] = process.argv.slice(2);
const { panels } = JSON.parse(readFileSync(dashboard, 'utf8'));
const queries = panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr })));
const range = '20s'; // what Grafana would set

async function series(expr) {
  const query = encodeURIComponent(expr.replaceAll('$__rate_interval', range));
  const { data, error } = await (await fetch(`${prometheus}/api/v1/query?query=${query}`)).json();
  assert.ok(data, `${expr}: ${error}`);
  return data.result.length;
}

assert.equal(await series('wsecho_no_such_metric'), 0);
for (const { title, expr } of queries) {
  assert.ok((await series(expr)) > 0, `"${title}" has nothing to show for ${expr}`);
}
const metrics = readFileSync('src/test/k6/lib/metrics.ts', 'utf8');
const faults = [...metrics.matchAll(/^  (\w+): new Counter/gm)].map(([, name]) => name);
const asked = queries.map(({ expr }) => /"k6_\((.*)\)_total"/.exec(expr)?.[1]).find(Boolean).split('|');
assert.deepEqual(asked.toSorted(), faults.toSorted());
console.log(`dashboard: ${queries.length} queries in ${panels.length} panels, all of them with data`);
