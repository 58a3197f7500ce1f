// biome-ignore lint/style/noRestrictedImports: runs in Node, when building
import { createHash } from 'node:crypto';
// biome-ignore lint/style/noRestrictedImports: runs in Node, when building
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import { routes } from '../server/contract/routes.ts';
import { CONTRACT_VERSION } from '../server/contract/version.ts';
import type { EarlyAnswer } from './api/early-answers.ts';
import { SIGNED_IN_HINT } from './api/session.tsx';
import { LANGUAGE_KEY, type Language } from './i18n/i18n.ts';
import { LINK_PATHS, SIGN_IN_PATH } from './pages/sign-in/sign-in-address.ts';

/** Asks for pictures, given a case and its materials. */
const PICTURES = { module: 'review/fetch-ahead.ts', name: 'fetchReviewAhead' } satisfies {
  module: string;
  name: keyof typeof import('./review/fetch-ahead.ts');
};

const SIGN_IN = 'pages/sign-in/sign-in.tsx';

interface Opening {
  /** Whether somebody was signed in here when this browser was last open. */
  wasSignedIn: boolean;
  /** Which addresses, as a regular expression; its first group is the case. */
  page: string;
  /** What the router and the page load. */
  modules: string[];
  /** Texts beyond those of the sign-in page. */
  otherTexts?: true;
  /** What is asked of the server before anything is shown. */
  addresses: string[];
  /** Of these the case whose first picture is asked for once it has answered. */
  pictures?: string;
}

const session = routes['session:read'].path;
const consultation = routes['consultation:read'].path;
const signInOptions = routes['sign-in:options'].path;
/** Pages that many open by their address and that wait for many files. Any other address leads whoever is a stranger here to sign in. */
const OPENINGS: Opening[] = [
  {
    wasSignedIn: true,
    page: '^/consultations/([^/]+)/images$',
    modules: [
      'pages/shell/signed-in.tsx',
      'pages/shell/reading-room.tsx',
      'pages/images.tsx',
      'review/review-panel.tsx',
    ],
    otherTexts: true,
    addresses: [session, consultation],
    pictures: consultation,
  },
  { wasSignedIn: true, page: `^(?!${SIGN_IN_PATH}$)`, modules: [], otherTexts: true, addresses: [] },
  {
    wasSignedIn: false,
    page: `^${SIGN_IN_PATH}$`,
    modules: [SIGN_IN],
    addresses: [signInOptions],
  },
  {
    wasSignedIn: false,
    page: `^(?!(${LINK_PATHS.join('|')})$)`,
    modules: [SIGN_IN],
    addresses: [session, signInOptions],
  },
];

type Texts = [Language, { first: string[]; other: string[] }];

interface Preloading {
  hint: string;
  languageKey: string;
  /** The files of each language, the most read one first: who has chosen none reads that. */
  texts: [Texts, ...Texts[]];
  ahead: { file: string; name: typeof PICTURES.name };
  contractVersion: string;
  openings: (Omit<Opening, 'modules'> & { files: string[] })[];
}

/**
 * Has the browser fetch a page's files, and what it asks of the server, while it is still fetching and reading the code that wants them.
 * A script of its own, because the policy of our pages allows none inside of them.
 */
export function preloadPages(): Plugin {
  let script: { fileName: string; source: string } | undefined;
  return {
    name: 'preload-pages',
    apply: 'build',
    transformIndexHtml(_, { bundle }) {
      if (!bundle) return [];
      const preloading = preloadingOf(bundle);
      // The page that tries the viewers has none of the others, and no server to ask.
      if (filesOf(bundle, [SIGN_IN]).length === 0) return [];
      const source = `(${preload})(${JSON.stringify(preloading)});\n`;
      const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
      script = { fileName: `assets/preload-pages-${hash}.js`, source };
      const attrs = { async: true, fetchpriority: 'high', src: `/${script.fileName}` };
      return [{ tag: 'script', attrs, injectTo: 'head-prepend' }];
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

function preloadingOf(bundle: Rolldown.OutputBundle): Preloading {
  const openings = OPENINGS.map(({ modules, ...opening }) => ({
    ...opening,
    files: filesOf(bundle, opening.pictures === undefined ? modules : [PICTURES.module, ...modules]),
  }));
  const textsOf = (language: Language): Texts => {
    const partOf = (part: 'first' | 'other') => filesOf(bundle, [`i18n/${language}/${part}-texts.ts`]);
    return [language, { first: partOf('first'), other: partOf('other') }];
  };
  return {
    hint: SIGNED_IN_HINT,
    languageKey: LANGUAGE_KEY,
    texts: [textsOf('zh-CN'), textsOf('en')],
    ahead: { file: `/${picturesChunkOf(bundle)?.fileName}`, name: PICTURES.name },
    contractVersion: String(CONTRACT_VERSION),
    openings,
  };
}

/** undefined: the page has none. A chunk that several share would have other names for what it exports. */
function picturesChunkOf(bundle: Rolldown.OutputBundle): Rolldown.OutputChunk | undefined {
  const id = join(import.meta.dirname, PICTURES.module);
  for (const chunk of Object.values(bundle)) {
    if (chunk.type !== 'chunk' || !chunk.moduleIds.includes(id)) continue;
    if (!chunk.exports.includes(PICTURES.name)) throw new Error(`${chunk.fileName} does not export ${PICTURES.name}`);
    return chunk;
  }
  return undefined;
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

/** Runs in the page. What fails here is asked for again by whoever needs it; where the modules were quicker, they have asked themselves. */
function preload({ hint, languageKey, texts, ahead, contractVersion, openings }: Preloading): void {
  if (window.earlyAnswers) return;
  const fetchFile = (file: string): void => {
    const link = document.createElement('link');
    const isStyle = file.endsWith('.css');
    Object.assign(link, { rel: isStyle ? 'preload' : 'modulepreload', as: isStyle ? 'style' : '', href: file });
    link.crossOrigin = '';
    document.head.append(link);
  };
  const chosen = localStorage.getItem(languageKey);
  const [, { first, other }] = texts.find(([language]) => language === chosen) ?? texts[0];
  first.forEach(fetchFile);
  const wasSignedIn = localStorage.getItem(hint) !== null;
  const { pathname } = location;
  const opening = openings.find((one) => one.wasSignedIn === wasSignedIn && new RegExp(one.page).test(pathname));
  if (!opening) return;
  const consultationId = new RegExp(opening.page).exec(pathname)?.[1] ?? '';
  const answers: NonNullable<Window['earlyAnswers']> = {};
  // What it brings runs the application's code, which wants the whole page.
  const parsed = new Promise((resolve) => {
    if (document.readyState !== 'loading') resolve(undefined);
    else document.addEventListener('readystatechange', resolve, { once: true });
  });
  const fetchPictures = async (answer: EarlyAnswer['answer']): Promise<void> => {
    const [{ response, text }, pictures] = await Promise.all([answer, import(ahead.file), parsed]);
    if (response.ok) pictures[ahead.name](consultationId, JSON.parse(text).materials);
  };
  for (const address of opening.addresses) {
    const aborting = new AbortController();
    const headers = { accept: 'application/json', 'x-contract-version': contractVersion };
    const filled = address.replace(':consultationId', consultationId);
    const asked = fetch(filled, { credentials: 'same-origin', headers, signal: aborting.signal });
    const answer = asked.then(async (response) => ({ response, text: await response.text() }));
    answer.catch(() => undefined);
    answers[filled] = { answer, aborting };
    if (address === opening.pictures) fetchPictures(answer).catch(() => undefined);
  }
  window.earlyAnswers = answers;
  for (const file of [...opening.files, ...(opening.otherTexts ? other : [])]) fetchFile(file);
}
