import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { mediaWorkersOf, openConsultationSite } from '../support/consultation-site.ts';
import { type SightKind, watchPages } from './page-probe.ts';
import { residentMib, watchProcessor } from './process-usage.ts';
import { createReport, type Report, repeat } from './report.ts';
import { measureRooms } from './server-rooms.ts';

const WARM_UP = 10;
const MOVES = 120;
const STREAM_STEPS = 180;
const DRAWN = 20;
const LIMIT_MS = 15_000;
const PAINTED_AIM_MS = 50;

interface Sides {
  presenter: Page;
  follower: Page;
  /** The presenter's lightbox on the screen. */
  lightbox: { x: number; y: number; width: number; height: number };
}

/** Two people in one room over the real CT, video on: what one does until it is painted at the other, and what that costs. */
export async function benchReview(): Promise<void> {
  const report = createReport('review');
  report.say('starting the application');
  const site = await openConsultationSite({ apart: true });
  const browser = await launchBrowser();
  try {
    const { consultationId } = await site.meetOverImages();
    const enter = (account: string) =>
      site.enterRoom(browser, account, consultationId, { prepare: (context) => watchPages(context) });
    const people = await Promise.all([enter('specialist'), enter('county-doctor')]);
    const [presenter, follower] = people.map(({ page }) => page) as [Page, Page];
    for (const page of [presenter, follower])
      await page.locator('[data-testid="review-lightbox"][data-loaded-frames="40"]').waitFor();
    const lightbox = await presenter.getByTestId('review-lightbox').boundingBox();
    if (!lightbox) throw new Error('no lightbox');
    const sides: Sides = { presenter, follower, lightbox };

    const media = [site.sfu.pid(), ...mediaWorkersOf(site.sfu)];
    const usage = watchProcessor([site.server.pid(), ...media]);
    report.say('pointing');
    await measurePointer(sides, report);
    report.say('moving the picture');
    await measureViewport(sides, report);
    report.say('drawing');
    await measureAnnotations(sides, report);
    const [server = 0, sfu = 0, ...workers] = usage();
    report.value('live-server-cpu', server, '% of a core');
    report.value('live-sfu-cpu', sfu + workers.reduce((sum, percent) => sum + percent, 0), '% of a core');
    report.value('live-server-memory', residentMib(site.server.pid()), 'MiB');
    report.value(
      'live-sfu-memory',
      media.reduce((sum, pid) => sum + residentMib(pid), 0),
      'MiB',
    );
    await browser.close();
    report.say('many rooms');
    await measureRooms(site, report);
  } finally {
    await browser.close();
    await site.close();
  }
}

/** From what the presenter has just done to its first sight at the other. */
async function seenAfter({ presenter, follower }: Sides, kind: SightKind): Promise<number> {
  const inputMs = await presenter.evaluate(() => window.probe.lastInputMs);
  const sight = await follower.evaluate(([kind, after]) => window.probe.first(kind, after), [kind, inputMs] as const);
  return sight.atMs - inputMs;
}

/** So that no move falls into the same place of a frame, or of the sender's interval, as the one before. */
const breathe = () => sleep(40 + Math.random() * 60);

async function measurePointer(sides: Sides, report: Report): Promise<void> {
  const { presenter, follower, lightbox } = sides;
  const y = lightbox.y + lightbox.height / 2;
  const move = async (index: number): Promise<number> => {
    await breathe();
    await presenter.mouse.move(lightbox.x + 100 + index, y);
    return seenAfter(sides, 'pointer');
  };
  // The pages' own first steps are not what a consultation feels like.
  await repeat(WARM_UP, LIMIT_MS, move);
  const samples = await repeat(MOVES, LIMIT_MS, (index) => move(WARM_UP + index));
  report.samples('pointer-painted', samples, 'ms', PAINTED_AIM_MS);

  await breathe();
  const scale = await pointerScale(sides);
  const sinceMs = await presenter.evaluate(() => window.probe.lastInputMs);
  for (let step = 0; step < STREAM_STEPS; step += 1) {
    await presenter.mouse.move(lightbox.x + 100 + step, y);
    await sleep(8);
  }
  await seenAfter(sides, 'pointer').catch(() => undefined);
  const moves = await presenter.evaluate(() => window.probe.moves);
  const sights = await follower.evaluate(() => window.probe.sights);
  const sentAt = new Map(moves.filter(({ atMs }) => atMs > sinceMs).map(({ x, atMs }) => [Math.round(x), atMs]));
  const stream = sights
    .filter(({ kind, atMs }) => kind === 'pointer' && atMs > sinceMs)
    .flatMap(({ key, atMs }) => {
      const sentMs = sentAt.get(Math.round(scale(Number(key.split(' ')[0]))));
      return sentMs === undefined ? [] : [atMs - sentMs];
    });
  report.samples('pointer-stream-painted', stream, 'ms');
}

/** From the image's pixels to the presenter's screen, by two positions. */
async function pointerScale(sides: Sides): Promise<(imageX: number) => number> {
  const { presenter, follower, lightbox } = sides;
  const at = async (x: number): Promise<number> => {
    await presenter.mouse.move(x, lightbox.y + lightbox.height / 2);
    const inputMs = await presenter.evaluate(() => window.probe.lastInputMs);
    const { key } = await follower.evaluate((after) => window.probe.first('pointer', after), inputMs);
    return Number(key.split(' ')[0]);
  };
  const [left, right] = [lightbox.x + 90, lightbox.x + 490];
  const [from, to] = [await at(left), await at(right)];
  return (imageX) => left + ((imageX - from) / (to - from)) * (right - left);
}

async function measureViewport(sides: Sides, report: Report): Promise<void> {
  const { presenter, follower, lightbox } = sides;
  await presenter.getByTestId('review-lightbox').focus();
  // The first one also makes the presenter.
  await presenter.keyboard.press('ArrowDown');
  await presenter.locator('[data-testid="presenter-bar"][data-presenting="true"]').waitFor();
  await sleep(500);
  const samples = await repeat(MOVES, LIMIT_MS, async (index) => {
    await breathe();
    await presenter.keyboard.press(index % 60 < 30 ? 'ArrowDown' : 'ArrowUp');
    return seenAfter(sides, 'viewport');
  });
  report.samples('viewport-painted', samples, 'ms', PAINTED_AIM_MS);

  await breathe();
  const sinceMs = await presenter.evaluate(() => window.probe.lastInputMs);
  const [x, y] = [lightbox.x + lightbox.width / 2, lightbox.y + lightbox.height / 2];
  await presenter.mouse.move(x, y);
  await presenter.mouse.down();
  for (let step = 1; step <= STREAM_STEPS; step += 1) {
    await presenter.mouse.move(x + step, y + step / 2);
    await sleep(8);
  }
  await presenter.mouse.up();
  await sleep(500);
  const sentAt = new Map(
    (await presenter.evaluate(() => window.probe.ownViewports)).map(({ key, inputMs }) => [key, inputMs]),
  );
  const sights = await follower.evaluate(() => window.probe.sights);
  const stream = sights
    .filter(({ kind, atMs }) => kind === 'viewport' && atMs > sinceMs)
    .flatMap(({ key, atMs }) => {
      const inputMs = sentAt.get(key);
      return inputMs === undefined || inputMs < sinceMs ? [] : [atMs - inputMs];
    });
  report.samples('viewport-stream-painted', stream, 'ms');
}

async function measureAnnotations(sides: Sides, report: Report): Promise<void> {
  const { presenter, lightbox } = sides;
  const samples = await repeat(DRAWN, LIMIT_MS, async (index) => {
    await breathe();
    const y = lightbox.y + lightbox.height * (0.1 + (0.8 * index) / DRAWN);
    await presenter.keyboard.press('l');
    await presenter.mouse.move(lightbox.x + lightbox.width * 0.4, y);
    await presenter.mouse.down();
    await presenter.mouse.move(lightbox.x + lightbox.width * 0.6, y, { steps: 3 });
    await presenter.mouse.up();
    const waitMs = await seenAfter(sides, 'annotations');
    // Lets go of what was drawn, then of the tool.
    for (const key of ['Escape', 'Escape']) await presenter.keyboard.press(key);
    return waitMs;
  });
  report.samples('annotation-painted', samples, 'ms');
}
