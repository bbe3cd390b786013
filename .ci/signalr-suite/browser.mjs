// The JavaScript client in Chromium, on a page of another origin than the hub's.
import { spawn } from 'node:child_process';
import { readFileSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { inBrowsers } from './client.mjs';

const page = `<!doctype html><title>SignalR</title><script src="/signalr.min.js"></script><script type="module">
  import { run } from '/js.mjs';
  const runs = await (await fetch('/runs')).json();
  const each = ({ url, transport, only, patience, options }) =>
    // more connections than six of one origin wait for each other
    run(signalR, url, transport, { only, patience, options, client: 'Chromium', atOnce: 1 });
  const results = await Promise.all(runs.map(each));
  await fetch('/results', { method: 'POST', body: JSON.stringify(results) });
</script>`;
const frame = (url) => `<iframe src="${url}"></iframe>`;

/**
 * Runs assertions in a page, and in frames of other origins, and gives the results of each run.
 * @param runs [{ host, url, transport, only, patience, options }], where `host` is the page's
 */
export async function chromium(runs) {
  const [own, ...others] = new Set(runs.map(({ host }) => host));
  const tasks = (host) => runs.filter((each) => each.host === host).map(({ url, transport, only, patience, options }) => ({ url, transport, only, patience, options }));
  const results = new Map();
  let finished;
  const all = new Promise((resolve) => (finished = resolve));
  const server = createServer(async (request, response) => {
    const host = request.headers.host.replace(/:.*/, '');
    if (request.method === 'POST') {
      results.set(host, JSON.parse(Buffer.concat(await request.toArray())));
      results.size === 1 + others.length && finished();
    }
    const [type, body] = files[request.url] ?? ['application/json', JSON.stringify(tasks(host))];
    response.writeHead(200, { 'Content-Type': type }).end(body);
  });
  await new Promise((listening) => server.listen(0, listening));
  const files = {
    '/': ['text/html', page + others.map((host) => frame(`http://${host}:${server.address().port}/frame`)).join('')],
    '/frame': ['text/html', page],
    '/signalr.min.js': ['text/javascript', readFileSync(inBrowsers)],
    '/js.mjs': ['text/javascript', readFileSync(new URL('js.mjs', import.meta.url))],
  };
  // its processes may write there for a moment after it has ended
  const profile = mkdtempSync(`${tmpdir()}/chromium-`);
  const browser = spawn('chromium', [
    '--headless', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    `--user-data-dir=${profile}`, ...(process.getuid() === 0 ? ['--no-sandbox'] : []),
    `http://${own}:${server.address().port}/`,
  ], { stdio: 'ignore' });
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error('Chromium has no results after 80 s')), 80_000).unref());
  try {
    await Promise.race([all, late]);
  } finally {
    const ended = new Promise((resolve) => browser.on('exit', resolve));
    browser.kill();
    await ended;
    server.close();
    server.closeAllConnections();
  }
  const next = Object.fromEntries([own, ...others].map((host) => [host, results.get(host).values()]));
  return runs.map(({ host }) => next[host].next().value);
}
