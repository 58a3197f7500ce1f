// biome-ignore lint/style/noRestrictedImports: runs in Node, when building
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
import { refuseChunkCircles } from './chunk-circles.ts';
import { pdfjsData } from './pdfjs-data.ts';
import { precompress } from './precompress.ts';
import { preloadPages } from './preload-pages.ts';
import { thirdPartyNotices } from './third-party-notices.ts';
import { tokensCss } from './ui/tokens-css.ts';

const { PORT = '3000' } = process.env;
const SERVER = `http://localhost:${PORT}`;
/** What the same pages need lies in one file. */
const BY_PAGES = { entriesAware: true };
/**
 * Small files join what has nearly the same pages. Of our own code that makes files that need each other in a circle, of which one runs before
 * what it needs (2026-11-30, rolldown of Vite 8): there they stay apart.
 */
const SMALL_JOINED = { ...BY_PAGES, entriesAwareMergeThreshold: 6_000 };
const ANTD = /[\\/](antd|@ant-design|@rc-component)[\\/]/;
const notices = thirdPartyNotices();

/** Serves ui/tokens.ts as a style sheet, so that CSS and antd draw from one source. */
function designTokens(): Plugin {
  const id = 'virtual:tokens.css';
  return {
    name: 'design-tokens',
    resolveId: (source) => (source === id ? id : undefined),
    load: (source) => (source === id ? tokensCss() : undefined),
  };
}

const PAGES = join(import.meta.dirname, 'pages');
/** Pages for people who are not signed in, on whatever line they have. */
const OPEN_PAGES = ['sign-in/sign-in.tsx', 'set-password.tsx', 'first-start.tsx'].map((path) => join(PAGES, path));
let partsOfOpenPages: Set<string> | undefined;

/** What a page's first script runs, beside the application's own code and before it: apart from it, and with the names of its exports. */
const AHEAD = join(import.meta.dirname, 'review/fetch-ahead.ts');
let partsOfAhead: Set<string> | undefined;
function isAhead(id: string, modules: Rolldown.ChunkingContext): boolean {
  partsOfAhead ??= new Set(eachPart([AHEAD], modules));
  return partsOfAhead.has(id);
}

/** What the open pages are made of lies apart: no page fetches it with a small file of another kind. */
function isOpen(id: string, modules: Rolldown.ChunkingContext): boolean {
  partsOfOpenPages ??= new Set(eachPart(OPEN_PAGES, modules));
  return partsOfOpenPages.has(id) && id !== AHEAD;
}

/** Where pictures are looked at, and what of it other pages need as well: two files, and not forty that a browser fetches six at a time. */
const READING_PAGES = ['images.tsx', 'shell/reading-room.tsx', 'shell/signed-in.tsx', '../review/review-panel.tsx'].map(
  (path) => join(PAGES, path),
);
const ROUTER = join(PAGES, 'router.tsx');
/** The other pages of the reading room. */
const HALL_PAGES = /[\\/](room|watch|desk|theatre|cut)\.tsx$/;
let partsOfReading: Map<string, 'office' | 'reading'> | undefined;
function nameReading(id: string, modules: Rolldown.ChunkingContext): string | null {
  partsOfReading ??= partedReading(modules);
  return partsOfReading.get(id) ?? null;
}

/** Both hold all that they import, but for what is in the files before them: no circle. */
function partedReading(modules: Rolldown.ChunkingContext): Map<string, 'office' | 'reading'> {
  const pages = modules.getModuleInfo(ROUTER)?.dynamicallyImportedIds ?? [];
  const isOffice = (page: string) => page !== READING_PAGES[0] && page !== READING_PAGES[1] && !HALL_PAGES.test(page);
  const office = new Set(eachPart(pages.filter(isOffice), modules));
  const own = new Set(READING_PAGES);
  const parts = [...eachPart(READING_PAGES, modules)].filter((part) => !own.has(part));
  return new Map(parts.map((part) => [part, office.has(part) ? 'office' : 'reading']));
}

/** So does what needs antd. */
function nameShared(id: string, modules: Rolldown.ChunkingContext): string | null {
  if (id === AHEAD) return null;
  for (const part of eachPart([id], modules)) if (ANTD.test(part)) return 'shared-antd';
  return 'shared';
}

/** These modules and all that they cannot do without. */
function* eachPart(ids: string[], modules: Rolldown.ChunkingContext): Generator<string> {
  const parts = new Set(ids);
  for (const one of parts) {
    yield one;
    for (const imported of modules.getModuleInfo(one)?.importedIds ?? []) parts.add(imported);
  }
}

export default defineConfig({
  root: import.meta.dirname,
  resolve: { alias: [{ find: /^zod$/, replacement: join(import.meta.dirname, 'api/lazy-zod.ts') }] },
  plugins: [react(), designTokens(), pdfjsData(), notices.page, refuseChunkCircles(), preloadPages(), precompress()],
  build: {
    outDir: '../.build/client',
    emptyOutDir: true,
    // Windows 7 ends at Chrome 109 and Firefox 115, and county hospitals still have it.
    target: ['chrome109', 'firefox115', 'safari16.4'],
    // Never inline: a strict Content-Security-Policy allows files of this origin, not data: addresses.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // A page of forty small files waits longer for the files than for what is in them: browsers ask for six at a time.
        codeSplitting: {
          groups: [
            { name: (id, modules) => (isAhead(id, modules) ? 'first' : null), tags: ['$initial'], priority: 7 },
            { name: (id, modules) => (isAhead(id, modules) && id !== AHEAD ? 'ahead' : null), priority: 6 },
            { name: 'start', tags: ['$initial'], priority: 5 },
            { name: 'link', test: /[\\/](socket|engine)\.io-/, priority: 4 },
            // Apart from our own: no page that does without antd gets it with a small file of ours.
            { name: 'antd', test: ANTD, priority: 3, ...SMALL_JOINED },
            {
              name: (id, modules) => (isOpen(id, modules) ? 'open' : null),
              minShareCount: 2,
              priority: 2,
              ...SMALL_JOINED,
            },
            { name: nameReading, priority: 1 },
            { name: nameShared, minShareCount: 2, priority: 0, ...BY_PAGES },
          ],
        },
      },
    },
    // The viewers and decoders are large on purpose and come in chunks of their own.
    chunkSizeWarningLimit: 1500,
  },
  worker: { format: 'es', plugins: () => [notices.worker()] },
  server: {
    proxy: {
      '/api': SERVER,
      '/dicomweb': SERVER,
      '/healthz': SERVER,
      '/socket.io': { target: SERVER, ws: true },
      '/sfu': { target: SERVER, ws: true },
    },
  },
});
