import type { Browser, Page } from 'playwright-core';
import { decodedFrames, launchBrowser, openPerson } from '../support/browser.ts';
import { meetCase } from '../support/case-journey.ts';
import { openConsultationSite } from '../support/consultation-site.ts';
import { eventually } from '../support/eventually.ts';
import { zh } from '../support/zh.ts';
import { createReport, repeat } from './report.ts';

const SIGN_INS = 10;
const SIGN_INS_LIMIT_MS = 20_000;
const JOINS = 40;
const JOINS_LIMIT_MS = 240_000;
const FIRST_FRAME_AIM_MS = 800;

/** Over loopback: how long until somebody can sign in, and until one who enters the room sees the other. */
export async function benchJoin(): Promise<void> {
  const report = createReport('join');
  report.say('starting the application');
  const site = await openConsultationSite({ apart: false });
  const browser = await launchBrowser();
  try {
    report.say('opening the sign-in page');
    const loads = await repeat(SIGN_INS, SIGN_INS_LIMIT_MS, () => loadSignIn(browser, site.server.url));
    report.samples(
      'sign-in-interactive',
      loads.map(({ interactiveMs }) => interactiveMs),
      'ms',
    );
    report.samples(
      'sign-in-transferred',
      loads.map(({ receivedBytes }) => receivedBytes),
      'bytes',
    );

    report.say('entering the room');
    const [county, specialist] = await Promise.all([site.signIn('county-doctor'), site.signIn('specialist')]);
    const { consultationId } = await meetCase(county, specialist);
    await site.enterRoom(browser, 'specialist', consultationId);
    const { page } = await site.open(browser, 'county-doctor', '/');
    await page.addInitScript('globalThis.__name = (target) => target');
    const waits = await repeat(JOINS, JOINS_LIMIT_MS, () => join(page, consultationId));
    report.samples(
      'join-first-remote-frame',
      waits.map(({ frameMs }) => frameMs),
      'ms',
      FIRST_FRAME_AIM_MS,
    );
    report.value('join-first-remote-frame-max', Math.max(...waits.map(({ frameMs }) => frameMs)), 'ms');
    for (const step of ['joined', 'consumed', 'shown'] as const)
      report.samples(
        `join-step-${step}`,
        waits.map((wait) => wait[step]),
        'ms',
      );
  } finally {
    await browser.close();
    await site.close();
  }
}

/** With nothing in the browser's cache. */
async function loadSignIn(browser: Browser, url: string): Promise<{ interactiveMs: number; receivedBytes: number }> {
  const { context, page } = await openPerson(browser, url);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  let receivedBytes = 0;
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    receivedBytes += encodedDataLength;
  });
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      const field = document.querySelector<HTMLInputElement>('form input');
      if (!field || field.disabled) return;
      observer.disconnect();
      // Two tasks after the next frame begins it is painted, and what is typed is taken.
      requestAnimationFrame(() => setTimeout(() => Object.assign(window, { __interactiveMs: performance.now() })));
    }).observe(document, { subtree: true, childList: true });
  });
  await page.goto('/');
  const shown = await page.waitForFunction(() => Reflect.get(window, '__interactiveMs') as number | undefined);
  const interactiveMs = Number(await shown.jsonValue());
  await page.waitForLoadState('networkidle');
  await context.close();
  return { interactiveMs, receivedBytes };
}

/** Milliseconds from the click to the first picture, and what of them each step took: the join's answer, the consumer, its first picture. */
interface JoinSteps {
  frameMs: number;
  joined: number;
  consumed: number;
  shown: number;
}

/** From the click that enters to the first picture of the other one on the screen, then out again. */
async function join(page: Page, consultationId: string): Promise<JoinSteps> {
  await page.goto(`/consultations/${consultationId}/room`);
  const enter = page.getByTestId('room-enter');
  await enter.waitFor();
  // As people find it: own picture there, sound and network checked.
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
  const checked = page.getByText(zh('room:preview.network.good')).or(page.getByText(zh('room:preview.network.slow')));
  await checked.waitFor();
  const wait = await page.evaluate(
    () =>
      new Promise<JoinSteps>((resolve) => {
        const startMs = performance.now();
        document.querySelector<HTMLElement>('[data-testid="room-enter"]')?.click();
        const at = (name: string) => (performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN) - startMs;
        const done = () => {
          const frameMs = performance.now() - startMs;
          const [joined, consumed] = [at('call:joined'), at('call:consumed-video')];
          resolve({ frameMs, joined, consumed: consumed - joined, shown: frameMs - consumed });
        };
        const look = () => {
          const video = document.querySelector<HTMLVideoElement>('[data-testid="tile"] video');
          if (video) video.requestVideoFrameCallback(done);
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
  await eventually('the picture moves', async () => (await decodedFrames(page)) > 5);
  await page.getByTestId('leave').click();
  await page.getByTestId('leave-confirm').click();
  await page.getByTestId('room-end').waitFor();
  return wait;
}
