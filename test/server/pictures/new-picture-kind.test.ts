import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FOLDERS, RUN, TABLES } from '../../support/heart-sound-kind.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);

/** All sources as one program: quicker than project by project, each of which the build checks anyway. */
const TSCONFIG = {
  extends: './tsconfig.json',
  compilerOptions: {
    composite: false,
    emitDeclarationOnly: false,
    declaration: false,
    noEmit: true,
    lib: ['es2023', 'dom', 'dom.iterable'],
    types: ['node', 'vite/client'],
    jsx: 'react-jsx',
    module: 'esnext',
    moduleResolution: 'bundler',
  },
  files: [],
  include: ['client', 'server'],
  references: [],
};

describe('a new kind of picture', () => {
  let copy: string;
  before(async () => {
    copy = await mkdtemp(join(tmpdir(), 'huizhen-kind-'));
    for (const part of ['client', 'server', 'sfu', 'tsconfig.json', 'package.json'])
      await cp(join(root, part), join(copy, part), { recursive: true });
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    for (const [path, text] of Object.entries(FOLDERS)) {
      await mkdir(join(copy, dirname(path)), { recursive: true });
      await writeFile(join(copy, path), text);
    }
    for (const [path, lines] of Object.entries(TABLES)) {
      let text = await readFile(join(copy, path), 'utf8');
      for (const [before, added] of lines) {
        assert.equal(text.split(before).length, 2, `${path} has one place: ${before}`);
        text = text.replace(before, added);
      }
      await cp(join(copy, path), join(copy, withoutIt(path)));
      await writeFile(join(copy, path), text);
    }
  });
  after(() => rm(copy, { recursive: true, force: true }));

  /** The table as it was, beside the one with the kind's line. */
  const withoutIt = (path: string): string => path.replace('.ts', '-before.ts');

  it('touches its folders and the tables that README.md names, no other file', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8');
    const [, section = ''] = /### A new kind of picture\n([\s\S]*?)\n## /.exec(readme) ?? [];
    const rows = [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, path = '']) => path);
    const isFolder = (path: string): boolean => path.includes('<kind>');
    assert.deepEqual(rows.filter((path) => !isFolder(path)).sort(), Object.keys(TABLES).sort());
    const folders = rows.filter(isFolder).map((path) => path.replace('<kind>', 'sound'));
    for (const path of Object.keys(FOLDERS))
      assert.ok(
        folders.some((folder) => path.startsWith(folder)),
        path,
      );
  });

  it('compiles with them, and the compiler names each table that lacks its line', async function () {
    // Some fifteen seconds on two idle cores.
    this.timeout(180_000);
    await writeFile(join(copy, 'tsconfig.all.json'), JSON.stringify(TSCONFIG));
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const told = await run(process.execPath, [tsc, '-p', 'tsconfig.all.json', '--pretty', 'false'], { cwd: copy }).then(
      ({ stdout }) => stdout,
      ({ stdout }: { stdout: string }) => stdout,
    );
    const wrong = new Set([...told.matchAll(/^([^\s(]+)\(\d+,\d+\): error/gm)].map(([, path = '']) => path));
    // The contract's own line is what makes the kind one; the others follow from it.
    const tables = Object.keys(TABLES).filter((path) => path !== 'server/contract/picture-kinds.ts');
    assert.deepEqual([...wrong].sort(), tables.map(withoutIt).sort(), told);
  });

  it('is recognised, listed and handed out by the server, and opened by the review', async () => {
    await writeFile(join(copy, 'run.ts'), RUN);
    const { stdout } = await run(process.execPath, ['--import', 'tsx', 'run.ts'], { cwd: copy });
    assert.deepEqual(JSON.parse(stdout), {
      recognised: { form: 'file', kind: 'sound', pageCount: null },
      material: 'sound',
      served: 'lub dub',
      listed: ['Mitral area'],
      shown: { kind: 'sound', soundId: 'a'.repeat(64) },
      shapes: ['arrow'],
    });
  });
});
