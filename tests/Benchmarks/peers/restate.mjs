// Restate: a handler of five journalled steps in a process of its own, called through the server's ingress.
import { fork, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { rounds } from './rounds.mjs';

const data = mkdtempSync(join(tmpdir(), 'peer-restate-'));
const packaged = createRequire(import.meta.url).resolve(`@restatedev/restate-server-${process.platform}-${process.arch}/package.json`);
const server = spawn(
  join(dirname(packaged), 'bin', 'restate-server'),
  ['--base-dir', data, '--listen-mode', 'unix', '--node-name', 'bench', '--default-num-partitions', '2', '--no-logo'],
  { stdio: 'ignore' });
const service = fork(new URL('./restate-service.mjs', import.meta.url), { stdio: 'ignore', env: { ...process.env, NODE_OPTIONS: '' } });
process.on('exit', () => { server.kill('SIGKILL'); service.kill('SIGKILL'); rmSync(data, { recursive: true, force: true }); });

const agent = new http.Agent({ keepAlive: true, maxSockets: 512 });
const post = (socketPath, path, body) => new Promise((done, failed) => {
  const request = http.request({ socketPath, path, method: 'POST', agent, headers: { 'content-type': 'application/json' } }, answer => {
    let text = '';
    answer.on('data', part => text += part);
    answer.on('end', () => answer.statusCode < 300 ? done(text) : failed(new Error(`${answer.statusCode} ${text}`)));
  });
  request.on('error', failed);
  request.end(JSON.stringify(body));
});

const port = await new Promise(told => service.once('message', told));
const admin = join(data, 'bench', 'admin.sock');
const ingress = join(data, 'bench', 'ingress.sock');
for (let tries = 0; ; tries++) {
  try {
    await post(admin, '/deployments', { uri: `http://127.0.0.1:${port}` });
    await post(ingress, '/bench/five', 'x');
    break;
  } catch (error) {
    if (tries === 100) throw error;
    await pause(300);
  }
}

await rounds(() => post(ingress, '/bench/five', 'x'));
process.exit(0);
