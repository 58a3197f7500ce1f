import type { BrowserContext } from 'playwright-core';

export type SightKind = 'pointer' | 'viewport' | 'annotations' | 'loaded' | 'full';

/** Something that came onto the screen. */
export interface Sight {
  kind: SightKind;
  /** Which pointer position, which viewport, how many. */
  key: string;
  /** Right after the frame that shows it was painted. */
  atMs: number;
}

/** What a page sees of itself. All times are milliseconds since 1970 by the page's monotonic clock: comparable between pages of one machine. */
export interface PageProbe {
  sights: Sight[];
  /** When the person last did something. */
  lastInputMs: number;
  /** Own viewports, each with the input that made it. */
  ownViewports: { key: string; inputMs: number }[];
  /** Where the mouse was, when. */
  moves: { x: number; atMs: number }[];
  /** The first sight of the kind after that moment, also where it was before this question. */
  first(kind: SightKind, afterMs: number): Promise<Sight>;
}

declare global {
  interface Window {
    probe: PageProbe;
  }
}

/** Watches every page of the context from its beginning. */
export async function watchPages(context: BrowserContext): Promise<void> {
  // What the transpiler wraps named functions in is not there in the page.
  await context.addInitScript('globalThis.__name = (target) => target');
  await context.addInitScript(install);
}

/** Runs in the page. */
function install(): void {
  const sights: Sight[] = [];
  const waiting = new Set<() => void>();
  const last = new Map<SightKind, string>();
  const pending: Omit<Sight, 'atMs'>[] = [];
  const toMs = (timeStamp: number): number => performance.timeOrigin + timeStamp;
  const channel = new MessageChannel();
  // Posted while a frame is being made, delivered once it is painted.
  channel.port1.onmessage = () => {
    const atMs = toMs(performance.now());
    for (const sight of pending.splice(0)) sights.push({ ...sight, atMs });
    for (const look of [...waiting]) look();
  };
  const see = (kind: SightKind, key: string | null | undefined): void => {
    if (key === null || key === undefined || key === '' || last.get(kind) === key) return;
    last.set(kind, key);
    if (pending.length === 0) channel.port2.postMessage(null);
    pending.push({ kind, key });
  };
  const probe: PageProbe = {
    sights,
    lastInputMs: 0,
    ownViewports: [],
    moves: [],
    first: (kind, afterMs) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = sights.find((sight) => sight.kind === kind && sight.atMs > afterMs);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
  window.probe = probe;
  const look = (): void => {
    const lightbox = document.querySelector<HTMLElement>('[data-testid="review-lightbox"]');
    if (!lightbox) return;
    const { viewport, quality, loadedFrames, sopInstanceUid } = lightbox.dataset;
    if (viewport && viewport !== last.get('viewport'))
      probe.ownViewports.push({ key: viewport, inputMs: probe.lastInputMs });
    see('viewport', viewport);
    see('loaded', loadedFrames);
    if (quality === 'full') see('full', sopInstanceUid);
    const pointer = lightbox.querySelector('[data-testid="remote-pointer"]');
    see('pointer', pointer && `${pointer.getAttribute('data-x')} ${pointer.getAttribute('data-y')}`);
    see('annotations', String(lightbox.querySelectorAll('[data-testid="annotation"]').length));
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['data-viewport', 'data-quality', 'data-loaded-frames', 'data-x', 'data-y'],
  });
  for (const type of ['pointerdown', 'pointermove', 'pointerup', 'keydown', 'wheel', 'click'])
    window.addEventListener(
      type,
      (event) => {
        probe.lastInputMs = toMs(event.timeStamp);
        if (event instanceof PointerEvent && type === 'pointermove')
          probe.moves.push({ x: event.clientX, atMs: probe.lastInputMs });
      },
      { capture: true, passive: true },
    );
}
