import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { writeVoice } from '../browser/call-voice.ts';
import { bundleTheatre, toScreen } from '../browser/live-page.ts';
import { BITS, blockAt, HEIGHT_PX, WIDTH_PX } from '../browser/theatre-picture.ts';
import { addPerson, PERSON_PASSWORD } from '../support/add-person.ts';
import { carrySession, launchBrowser, openPerson } from '../support/browser.ts';
import { type Client, RefusedError, signIn } from '../support/client.ts';
import {
  type DemonstrationWorld,
  enrolIn,
  INVITED,
  openDemonstrationWorld,
  placeDemonstration,
} from '../support/demonstration-world.ts';
import { eventually } from '../support/eventually.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';
import type { Report } from './report.ts';
import { watchScreen } from './theatre-screen.ts';

const GLASS_MS = 20_000;
const CUTS = 12;
const STROKES = 20;
const GLASS_AIM_MS = 200;
const CUT_AIM_MS = 300;
const DRAWN_AIM_MS = 60;
const BOTH = { picture: true, sound: true };

/** What is on the watchers' own screens, in real Chromium: how late, how soon black, how soon drawn on. One machine does all of it. */
export async function benchPages(report: Report): Promise<void> {
  const server = await startServer({ isHallReady: () => true });
  const folder = await mkdtemp(join(tmpdir(), 'huizhen-bench-'));
  const voice = join(folder, 'voice.wav');
  await writeVoice(voice);
  const browser = await launchBrowser([`--use-file-for-fake-audio-capture=${voice}`]);
  try {
    const pages = await openPages(server, browser);
    report.say('glass to glass');
    report.samples('glass-to-glass', await lateness(pages, pages.watcher, GLASS_MS), 'ms', GLASS_AIM_MS);
    report.say('cut to black');
    report.samples('cut-black', await cut(pages), 'ms', CUT_AIM_MS);
    report.say('drawing to screens');
    report.samples('drawing-screen', await draw(pages), 'ms', DRAWN_AIM_MS);
    report.say('HLS');
    await pages.watcher.getByRole('button', { name: zh('demonstrationHall:hls.toLate') }).click();
    await pages.watcher.locator('[data-testid="hls"][data-standing="playing"]').waitFor();
    await sleep(10_000);
    report.samples('hls-late', await lateness(pages, pages.watcher, GLASS_MS), 'ms');
  } finally {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Pages {
  world: DemonstrationWorld;
  demonstrationId: string;
  theatre: Page;
  desk: Page;
  watcher: Page;
}

async function openPages(server: RunningServer, browser: Browser): Promise<Pages> {
  const world = await openDemonstrationWorld(server);
  const { demonstrationId } = await placeDemonstration(world, 'live');
  const open = async ({ cookie }: Client, path: string): Promise<Page> => {
    const { context, page } = await openPerson(browser, server.url);
    await carrySession(context, cookie, server.url);
    // What the transpiler wraps named functions in.
    await context.addInitScript('globalThis.__name = (target) => target');
    await page.goto(path);
    return page;
  };
  const person = await addPerson(server.database, 'trainee', INVITED, '林一');
  await enrolIn(world, demonstrationId, person);
  const theatre = await open(world.surgeon, '/healthz');
  await theatre.evaluate(await bundleTheatre());
  await theatre.evaluate((id) => window.theatre.enter(id), demonstrationId);
  const desk = await open(world.moderator.client, `/demonstrations/${demonstrationId}/desk`);
  await desk
    .getByTestId('desk-source')
    .filter({ hasText: 'field 1' })
    .getByRole('button', { name: zh('demonstrationHall:desk.main') })
    .click();
  const client = await signIn(server.url, person.login, PERSON_PASSWORD);
  const watcher = await open(client, `/demonstrations/${demonstrationId}/watch`);
  const blocks = Array.from({ length: BITS }, (_, bit) => blockAt(bit));
  await watcher.evaluate(watchScreen, { blocks, width: WIDTH_PX, height: HEIGHT_PX });
  await watcher.waitForFunction(() => window.screen_.isBright);
  // The larger layer, the browser's own start: what a watcher has after a while.
  await sleep(5_000);
  return { world, demonstrationId, theatre, desk, watcher };
}

/** Each picture that a page shows carries its count: from when it was drawn in the theatre to when it is shown there. */
async function lateness({ theatre }: Pages, page: Page, forMs: number): Promise<number[]> {
  await page.evaluate(() => window.screen_.pictures.splice(0));
  await sleep(forMs);
  const shown = await page.evaluate(() => window.screen_.pictures);
  const drawn = await theatre.evaluate(() => [...window.theatre.drawnAtMs]);
  const around = 1 << BITS;
  return shown.flatMap(({ count, atMs }) => {
    // The counter goes round: the newest that was drawn before.
    for (let whole = count + Math.floor(drawn.length / around) * around; whole >= 0; whole -= around) {
      const drawnMs = drawn[whole];
      if (drawnMs !== undefined && drawnMs < atMs) return [atMs - drawnMs];
    }
    return [];
  });
}

/** From the press at the desk to a watcher's screen without the picture. */
async function cut({ world, demonstrationId, desk, watcher }: Pages): Promise<number[]> {
  const samples: number[] = [];
  for (let sample = 0; sample < CUTS; sample += 1) {
    const startMs = await desk.getByRole('button', { name: zh('theatre:cut.all') }).evaluate((button) => {
      const atMs = performance.timeOrigin + performance.now();
      (button as HTMLButtonElement).click();
      return atMs;
    });
    await watcher.waitForFunction(() => !window.screen_.isBright);
    samples.push((await watcher.evaluate(() => window.screen_.darkAtMs)) - startMs);
    await resume(world.moderator.client, demonstrationId);
    await watcher.waitForFunction(() => window.screen_.isBright);
    await sleep(500 + 37 * sample);
  }
  return samples;
}

/** The press itself counts at the sfu: the server hears its number a moment later. */
async function resume(client: Client, demonstrationId: string): Promise<void> {
  await eventually('the newest cut is ended', async () => {
    const { live } = await client.call('demonstration:read', { params: { demonstrationId } });
    const body = { ...BOTH, number: live?.cut.number ?? 0 };
    return client.call('demonstration:resume-cut', { params: { demonstrationId }, body }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof RefusedError && error.failure.reason === 'cut-newer') return false;
        throw error;
      },
    );
  });
}

/** From the hand's first movement at the desk to the first stroke on a watcher's screen. */
async function draw({ desk, watcher }: Pages): Promise<number[]> {
  const samples: number[] = [];
  const layer = desk.getByTestId('program').getByTestId('field-layer').first();
  await desk
    .getByTestId('field-tools')
    .getByRole('button', { name: zh('showing:field.stroke') })
    .click();
  await desk.evaluate(() => {
    window.addEventListener(
      'pointermove',
      ({ timeStamp }) => Object.assign(window, { __movedAtMs: performance.timeOrigin + timeStamp }),
      { capture: true },
    );
  });
  for (let sample = 0; sample < STROKES; sample += 1) {
    const y = 0.2 + 0.03 * sample;
    const [from, to] = [await layer.evaluate(toScreen, { x: 0.3, y }), await layer.evaluate(toScreen, { x: 0.4, y })];
    const before = await watcher.evaluate(() => window.screen_.strokes.length);
    await desk.mouse.move(from.x, from.y);
    await desk.mouse.down();
    await desk.mouse.move(to.x, to.y);
    const movedAtMs = await desk.evaluate(() => Reflect.get(window, '__movedAtMs') as number);
    await watcher.waitForFunction((count) => window.screen_.strokes.length > count, before);
    const shownAtMs = await watcher.evaluate((count) => window.screen_.strokes[count] ?? 0, before);
    await desk.mouse.up();
    samples.push(shownAtMs - movedAtMs);
    await sleep(200 + 13 * sample);
  }
  return samples;
}
