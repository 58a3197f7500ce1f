import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../client/', import.meta.url));
const ADMINISTRATION = 'pages/administration/administration.tsx';
/** They stand in no frame, or fill the window. */
const WHOLE_WINDOW =
  /^pages\/(sign-in\/|first-start|set-password|room|images|demonstrations\/(watch|desk|theatre|cut)\.tsx)/;

/** What a page stands in. */
function framesOf(page: string): string[] {
  const frames = ['main.tsx', 'pages/shell/signed-in.tsx'];
  if (!WHOLE_WINDOW.test(page)) frames.push('pages/shell/office-frame.tsx');
  if (page.startsWith(posix.dirname(ADMINISTRATION))) frames.push(ADMINISTRATION);
  return frames;
}

interface Module {
  /** What comes along with it at once. */
  imports: string[];
  sheets: string[];
  classes: string[];
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
const textOf = (file: string) => readFileSync(root + file, 'utf8');
const resolve = (from: string, to: string) => posix.join(posix.dirname(from), to);

function readModules(): Map<string, Module> {
  const modules = files.filter((file) => /\.tsx?$/.test(file));
  return new Map(
    modules.map((file) => {
      const text = textOf(file);
      const statements = text.matchAll(/^(?:import|export)\b(?! type\b)(?:[^;'"]*?from)?\s*'(\.[^']+)'/gm);
      const paths = Array.from(statements, ([, path = '']) => resolve(file, path));
      return [
        file,
        {
          imports: paths.filter((path) => /\.tsx?$/.test(path)),
          sheets: paths.filter((path) => path.endsWith('.css')),
          classes: [...text.matchAll(/className="([^"]+)"/g)].flatMap(([, names = '']) => names.split(' ')),
        },
      ];
    }),
  );
}

/** Which sheets say of a class by itself what it looks like, wherever it stands. */
function readSheets(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const sheet of files.filter((file) => file.endsWith('.css'))) {
    const text = textOf(sheet).replaceAll(/\/\*[\s\S]*?\*\//g, '');
    for (const [, name = ''] of text.matchAll(/(?:^|[,}])\s*\.([\w-]+)\s*(?=[,{])/g))
      found.set(name, (found.get(name) ?? new Set()).add(sheet));
  }
  return found;
}

function loadedWith(modules: Map<string, Module>, entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const next of modules.get(entry)?.imports ?? []) loadedWith(modules, next, seen);
  return seen;
}

describe('the style sheets', () => {
  it('of all that a page shows come along with it, so that it looks the same whichever page was opened before', () => {
    const modules = readModules();
    const sheetsOf = readSheets();
    const routers = ['pages/router.tsx', 'pages/administration/sections.ts'];
    const pages = routers.flatMap((router) =>
      Array.from(textOf(router).matchAll(/import\('(\.[^']+)'\)/g), ([, path = '']) => resolve(router, path)),
    );
    assert.ok(pages.length > 25 && sheetsOf.size > 300, 'all pages and sheets are looked at');
    const missing = new Set<string>();
    for (const page of pages) {
      const loaded = new Set([page, ...framesOf(page)].flatMap((entry) => [...loadedWith(modules, entry)]));
      const sheets = new Set([...loaded].flatMap((file) => modules.get(file)?.sheets ?? []));
      for (const file of loaded)
        for (const name of modules.get(file)?.classes ?? []) {
          const givers = sheetsOf.get(name);
          if (givers && ![...givers].some((one) => sheets.has(one))) missing.add(`${page}: .${name} of ${file}`);
        }
    }
    assert.deepEqual([...missing], []);
  });
});
