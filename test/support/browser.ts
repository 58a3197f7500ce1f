import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** `CHROMIUM_BIN` names another, e.g. the one with windows. */
export const CHROMIUM_BIN = process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium-headless-shell';

/**
 * Chromium without the windows that nobody looks at, which make opening a page take three times as long; without a GPU, with a camera
 * and a microphone that need no hardware and no permission dialog.
 */
export function launchBrowser(extraArgs: string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM_BIN, args: [...ARGS, ...extraArgs] });
}

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

/** A browser on a computer of its own, which may fall asleep: all its processes stand still, and no connection of theirs is closed. */
export interface SleepyBrowser {
  browser: Browser;
  sleep(): void;
  wake(): void;
  close(): Promise<void>;
}

export async function launchSleepyBrowser(): Promise<SleepyBrowser> {
  const server = await chromium.launchServer({ executablePath: CHROMIUM_BIN, args: ARGS });
  const { pid } = server.process();
  if (pid === undefined) throw new Error('a browser without a process');
  // It leads a group of processes of its own.
  const signal = (name: NodeJS.Signals) => void process.kill(-pid, name);
  return {
    browser: await chromium.connect(server.wsEndpoint()),
    sleep: () => signal('SIGSTOP'),
    wake: () => signal('SIGCONT'),
    async close() {
      signal('SIGCONT');
      await server.close();
    },
  };
}

export interface Person {
  context: BrowserContext;
  page: Page;
  /** Whatever the page logged as an error, and every exception nobody caught. */
  faults: string[];
}

export interface PersonOptions {
  language?: 'zh-CN' | 'en';
  width?: number;
  height?: number;
  /** What the computer's clock is set to, e.g. `Asia/Urumqi`; without it this machine's zone. */
  timezoneId?: string;
}

/** One person's browser: a context of its own, at a common county screen size unless told. */
export async function openPerson(browser: Browser, baseUrl: string, options: PersonOptions = {}): Promise<Person> {
  const context = await browser.newContext({
    baseURL: baseUrl,
    locale: options.language ?? 'zh-CN',
    viewport: { width: options.width ?? 1366, height: options.height ?? 768 },
    permissions: ['camera', 'microphone'],
    reducedMotion: 'reduce',
    ...(options.timezoneId === undefined ? {} : { timezoneId: options.timezoneId }),
  });
  // Longer than a busy machine takes, shorter than the minute of a test: what fails then is what was waited for.
  context.setDefaultTimeout(100_000);
  await context.addInitScript(keepPeerConnections);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  return { context, page, faults };
}

/** Keeps every peer connection of a page within reach of the test: the application itself shows none. */
function keepPeerConnections(): void {
  const kept: RTCPeerConnection[] = [];
  Object.assign(window, { __peerConnections: kept });
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      kept.push(this);
    }
  };
}

/** Video frames that a page has decoded so far from all the others, by `getStats`. */
export function decodedFrames(page: Page): Promise<number> {
  return page.evaluate(countReceived, { kind: 'video', field: 'framesDecoded' });
}

/** Bytes of voice that a page has received so far from all the others. */
export function receivedAudioBytes(page: Page): Promise<number> {
  return page.evaluate(countReceived, { kind: 'audio', field: 'bytesReceived' });
}

/** Runs in the page. What was received over a connection or from a person that is gone still counts, so that the sum never falls. */
async function countReceived({ kind, field }: { kind: string; field: string }): Promise<number> {
  const page = window as unknown as { __peerConnections: RTCPeerConnection[]; __received?: Record<string, number> };
  page.__received ??= {};
  const received = page.__received;
  for (const [index, connection] of page.__peerConnections.entries()) {
    if (connection.connectionState === 'closed') continue;
    for (const entry of (await connection.getStats()).values())
      if (entry.type === 'inbound-rtp' && entry.kind === kind)
        received[`${field} ${index} ${entry.id}`] = entry[field] ?? 0;
  }
  return Object.entries(received).reduce((sum, [name, count]) => sum + (name.startsWith(field) ? count : 0), 0);
}

/** As the browser tells a page whose window goes behind others, or comes to the front. */
export function setVisibility(page: Page, state: DocumentVisibilityState): Promise<void> {
  return page.evaluate((told) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: told });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}

/** Signs a browser in as whoever has these cookies, one or more, as a request's header carries them. */
export async function carrySession(context: BrowserContext, cookieHeader: string, url: string): Promise<void> {
  const cookies = cookieHeader.split('; ').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return { name, value: value.join('='), url, secure: url.startsWith('https:') };
  });
  await context.addCookies(cookies);
}

/** What a page itself gets from an address that gives bytes of images, in parts. */
export async function fetchInPage(page: Page, path: string): Promise<Buffer> {
  const base64 = await page.evaluate(async (address) => {
    const response = await fetch(address, {
      headers: { accept: 'multipart/related; type="application/octet-stream"' },
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    let text = '';
    for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    return btoa(text);
  }, path);
  return Buffer.from(base64, 'base64');
}
