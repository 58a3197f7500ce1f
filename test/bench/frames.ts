import type { Page } from 'playwright-core';

const DRAG_STEPS = 300;
const SCROLLS = 300;

export interface Frames {
  /** What the page's thread spends on an input and on the frame that shows it, until that is painted. */
  workMs: number[];
  /** From one frame to the next. */
  intervalsMs: number[];
  perSecond: number;
}

interface FrameProbe {
  start(): void;
  stop(): Omit<Frames, 'perSecond'>;
}

declare global {
  interface Window {
    frameProbe: FrameProbe;
  }
}

/** Drags the window, then scrolls, as fast as frames come, over a stack that is loaded. */
export async function measureFrames(page: Page): Promise<{ drag: Frames; scroll: Frames }> {
  await page.evaluate(installFrameProbe);
  const lightbox = page.getByTestId('review-lightbox');
  const box = await lightbox.boundingBox();
  if (!box) throw new Error('no lightbox');
  const [x, y] = [box.x + box.width / 4, box.y + box.height / 4];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const drag = await during(page, () =>
    lightbox.evaluate(
      async (element, [x, y, count]) => {
        for (let step = 1; step <= count; step += 1) {
          const at = { clientX: x + step, clientY: y + step / 2 };
          element.dispatchEvent(new PointerEvent('pointermove', { ...at, pointerId: 1, buttons: 1, bubbles: true }));
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
      },
      [x, y, DRAG_STEPS] as const,
    ),
  );
  await page.mouse.up();
  const scroll = await during(page, () =>
    lightbox.evaluate(async (element, count) => {
      for (let step = 0; step < count; step += 1) {
        const deltaY = step % 60 < 30 ? 100 : -100;
        element.dispatchEvent(new WheelEvent('wheel', { deltaY, bubbles: true, cancelable: true }));
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    }, SCROLLS),
  );
  return { drag, scroll };
}

async function during(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => window.frameProbe.start());
  await act();
  const frames = await page.evaluate(() => window.frameProbe.stop());
  const seconds = frames.intervalsMs.reduce((sum, interval) => sum + interval, 0) / 1000;
  return { ...frames, perSecond: frames.intervalsMs.length / seconds };
}

/** Runs in the page. Only frames in which the picture changed are counted. */
function installFrameProbe(): void {
  let workMs: number[] = [];
  let drawnAtMs: number[] = [];
  let running = false;
  let beganMs = 0;
  let inputMs = 0;
  let drew = false;
  const channel = new MessageChannel();
  // Posted while a frame is being made, delivered once it is painted.
  channel.port1.onmessage = () => {
    if (drew) {
      workMs.push(performance.now() - beganMs + inputMs);
      inputMs = 0;
    }
    drew = false;
  };
  // What an input costs before the frame that shows it begins.
  let cameMs = 0;
  for (const type of ['pointermove', 'wheel']) {
    window.addEventListener(type, () => (cameMs = performance.now()), { capture: true, passive: true });
    window.addEventListener(type, () => (inputMs += performance.now() - cameMs), { passive: true });
  }
  const frame = (): void => {
    if (!running) return;
    requestAnimationFrame(frame);
    beganMs = performance.now();
    channel.port2.postMessage(null);
  };
  new MutationObserver(() => {
    drew = true;
    drawnAtMs.push(performance.now());
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-viewport'] });
  window.frameProbe = {
    start() {
      workMs = [];
      inputMs = 0;
      drawnAtMs = [];
      running = true;
      requestAnimationFrame(frame);
    },
    stop() {
      running = false;
      const intervalsMs = drawnAtMs.slice(1).map((at, index) => at - (drawnAtMs[index] ?? at));
      return { workMs, intervalsMs };
    },
  };
}
