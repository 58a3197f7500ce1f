import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, say } from './say.mjs';

const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

function isThere({ command, file }) {
  if (file) return existsSync(file);
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS];
  return folders.some((folder) => folder !== '' && existsSync(join(folder, command)));
}

/**
 * Installs what is missing, as root on Debian.
 * @throws Error with the line to type where that is not possible.
 */
export function ensureDebianPackages(wanted) {
  const missing = wanted.filter((item) => !isThere(item)).map((item) => item.package);
  if (missing.length === 0) return;
  const line = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !isThere({ command: 'apt-get' }))
    throw new Error(`missing: ${missing.join(', ')}. Install them first, on Debian: ${line}`);
  say(`installing ${missing.join(', ')} …`);
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-q'], environment);
  run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing], environment);
}
