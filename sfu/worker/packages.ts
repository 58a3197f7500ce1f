import { spawn } from 'node:child_process';

/** What the Makefile needs, by the names of Debian 12. */
const PACKAGES = [
  'make',
  'g++',
  'pkg-config',
  'libuv1-dev',
  'libssl-dev',
  'libsrtp2-dev',
  'libabsl-dev',
  'libflatbuffers-dev',
  'flatbuffers-compiler',
];

/**
 * Sees to it that the build's Debian packages are there: installs what is missing where this process is root.
 * On a system without dpkg nothing can be told; the compiler will say what is missing.
 * @throws Error that names the missing packages and the command that installs them
 */
export async function ensurePackages(say: (line: string) => void): Promise<void> {
  const missing = await findMissingPackages();
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() === 0) {
    say(`installing ${missing.join(', ')}`);
    const install = [...command.split(' ').slice(1), '-o', 'DPkg::Lock::Timeout=120'];
    if ((await aptGet(install)) !== 0) {
      await aptGet(['update']);
      await aptGet(install);
    }
  }
  const stillMissing = await findMissingPackages();
  if (stillMissing.length === 0) return;
  throw new Error(
    `mediasoup-worker cannot be built: ${stillMissing.join(', ')} missing. As root:\n  apt-get update && ${command}\nor set MEDIASOUP_WORKER_BIN to a mediasoup-worker of the same version.`,
  );
}

/** The packages that dpkg does not know as installed; none where there is no dpkg. */
async function findMissingPackages(): Promise<string[]> {
  const { code, output } = await run('dpkg-query', [
    '--show',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query fills this in, not JavaScript.
    '--showformat=${db:Status-Status} ${Package}\n',
    ...PACKAGES,
  ]);
  if (code === undefined) return [];
  const installed = new Set(output.split('\n').flatMap((line) => /^installed (.+)$/.exec(line)?.[1] ?? []));
  return PACKAGES.filter((name) => !installed.has(name));
}

async function aptGet(args: string[]): Promise<number | undefined> {
  const { code } = await run('apt-get', args, { DEBIAN_FRONTEND: 'noninteractive' });
  return code;
}

/** Runs a command and collects its standard output; `code` is undefined where the command does not exist. */
function run(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number | undefined; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.once('error', () => resolve({ code: undefined, output }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
