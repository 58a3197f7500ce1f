// `npm run dev`: the server, anew after each change of its sources, and Vite with hot reload in front of it. What is given goes to Vite.
import { spawn } from 'node:child_process';
import { root } from './say.mjs';

const commands = [
  ['--watch', '--watch-preserve-output', '--import', 'tsx', 'server/main.ts'],
  ['node_modules/vite/bin/vite.js', 'client', ...process.argv.slice(2)],
];
const children = commands.map((args) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }));

let ending = false;
/** One ends with the other, and both with this. A terminal tells all of them by itself; being told twice does no harm. */
function end(code) {
  if (ending) return;
  ending = true;
  process.exitCode = code;
  for (const child of children) child.kill('SIGTERM');
}
for (const child of children) child.once('exit', (code) => end(code ?? 0));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(0));
