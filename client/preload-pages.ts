// biome-ignore lint/style/noRestrictedImports: runs in Node, when building
import { createHash } from 'node:crypto';
// biome-ignore lint/style/noRestrictedImports: runs in Node, when building
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import { SIGNED_IN_HINT } from './api/session.tsx';

/** What most people read: these texts are on their way beside the code, not after it has asked for them. */
const TEXTS = 'i18n/zh-CN.ts';
/** Pages that are opened by their address and wait for many files; what the router and the review load for each. */
const PAGES: Record<string, string[]> = {
  '^/consultations/[^/]+/images$': [
    'pages/shell/signed-in.tsx',
    'pages/shell/reading-room.tsx',
    'pages/images.tsx',
    'review/review-panel.tsx',
  ],
};

/**
 * Has the browser fetch a page's files while it is still fetching what asks for them. Who has not been signed in here gets none: the
 * sign-in page stays light. A script of its own, because the policy of our pages allows none inside of them.
 */
export function preloadPages(): Plugin {
  let script: { fileName: string; source: string } | undefined;
  return {
    name: 'preload-pages',
    apply: 'build',
    transformIndexHtml(_, { bundle }) {
      // The page that tries the viewers has none of these.
      const [texts] = bundle ? filesOf(bundle, [TEXTS]) : [];
      if (!bundle || texts === undefined) return [];
      const pages = Object.entries(PAGES).map(([path, modules]) => [path, filesOf(bundle, modules)] as const);
      const source = `(${preload})(${JSON.stringify(SIGNED_IN_HINT)}, ${JSON.stringify(pages)});\n`;
      const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
      script = { fileName: `assets/preload-pages-${hash}.js`, source };
      return [
        { tag: 'script', attrs: { async: true, src: `/${script.fileName}` }, injectTo: 'head-prepend' },
        { tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href: texts }, injectTo: 'head' },
      ];
    },
    generateBundle: {
      // After the page: it alone knows the files.
      order: 'post',
      handler() {
        if (script) this.emitFile({ type: 'asset', ...script });
      },
    },
  };
}

/** Addresses of all that these modules need, without what every page begins with. */
function filesOf(bundle: Rolldown.OutputBundle, modules: string[]): string[] {
  const files = new Set<string>();
  const add = (chunk: Rolldown.OutputAsset | Rolldown.OutputChunk | undefined): void => {
    if (chunk?.type !== 'chunk' || chunk.name === 'start' || files.has(`/${chunk.fileName}`)) return;
    files.add(`/${chunk.fileName}`);
    for (const name of chunk.viteMetadata?.importedCss ?? []) files.add(`/${name}`);
    for (const name of chunk.imports) add(bundle[name]);
  };
  const ids = new Set(modules.map((path) => join(import.meta.dirname, path)));
  for (const chunk of Object.values(bundle))
    if (chunk.type === 'chunk' && chunk.moduleIds.some((id) => ids.has(id))) add(chunk);
  return [...files];
}

/** Runs in the page. */
function preload(hint: string, pages: [path: string, files: string[]][]): void {
  if (localStorage.getItem(hint) === null) return;
  const files = pages.filter(([path]) => new RegExp(path).test(location.pathname)).flatMap(([, files]) => files);
  for (const file of files) {
    const link = document.createElement('link');
    const isStyle = file.endsWith('.css');
    Object.assign(link, { rel: isStyle ? 'preload' : 'modulepreload', as: isStyle ? 'style' : '', href: file });
    link.crossOrigin = '';
    document.head.append(link);
  }
}
