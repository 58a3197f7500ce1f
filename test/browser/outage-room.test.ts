import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { ConsultationView, Viewport } from '../../server/contract/index.ts';
import { startWitness, type Witness } from '../support/acknowledged.ts';
import { decodedFrames, launchBrowser, type Person } from '../support/browser.ts';
import type { Client } from '../support/client.ts';
import { type ConsultationSite, killMediaWorker, openConsultationSite } from '../support/consultation-site.ts';
import { rises } from '../support/eventually.ts';

const PATIENCE_MS = 60_000;

/** Two people in the room over the real CT, and how each outage is seen by them. */
interface Meeting {
  site: ConsultationSite;
  view: ConsultationView;
  clients: { county: Client; expert: Client };
  county: Page;
  expert: Page;
  /** Somebody else of the case who writes right up to the outage. */
  witness(): Promise<Witness>;
  /** Decoded frames rise on both sides. */
  bothSee(): Promise<void>;
  /** What one writes and draws from now on is at the other, and both have all that was acknowledged. */
  bothShare(words: string): Promise<void>;
  close(): Promise<void>;
}

async function meet(browser: Browser, apart: boolean): Promise<Meeting> {
  const site = await openConsultationSite({ apart, withoutCases: true });
  const view = await site.meetOverImages();
  const { consultationId } = view;
  const [county, expert] = await Promise.all([
    site.enterRoom(browser, 'county-doctor', consultationId),
    site.enterRoom(browser, 'specialist', consultationId),
  ]);
  const clients = { county: await site.signIn('county-doctor'), expert: await site.signIn('specialist') };
  const pages = [county.page, expert.page];
  await Promise.all(pages.map((page) => lightbox(page).and(page.locator('[data-quality="full"]')).waitFor()));
  const bothSee = async () => {
    await Promise.all(pages.map((page) => rises('pictures', 20, () => decodedFrames(page))));
  };
  await bothSee();
  return {
    site,
    view,
    clients,
    county: county.page,
    expert: expert.page,
    async witness() {
      const { target } = JSON.parse((await lightbox(expert.page).getAttribute('data-viewport')) ?? '') as Viewport;
      return startWitness(view, target, { inRoom: clients.expert, uploading: clients.county });
    },
    bothSee,
    async bothShare(words) {
      await Promise.all(pages.map(isLive));
      await write(county.page, words);
      await expert.page.getByTestId('chat-message').getByText(words).waitFor({ timeout: PATIENCE_MS });
      const before = await annotations(county.page).count();
      await drawLength(expert.page);
      await county.page.waitForFunction(countIsAbove, before, { timeout: PATIENCE_MS });
    },
    close: async () => {
      await Promise.all([county, expert].map(({ context }: Person) => context.close()));
      await site.close();
    },
  };
}

const lightbox = (page: Page) => page.getByTestId('review-lightbox');
const annotations = (page: Page) => page.locator('[data-testid="annotation"]');
const countIsAbove = (before: number): boolean =>
  document.querySelectorAll('[data-testid="annotation"]').length > before;

/** The line to the server is up and the shared review stands, with nothing left to send. */
async function isLive(page: Page): Promise<void> {
  await page.locator('.connection-light[data-state="connected"]').waitFor({ timeout: PATIENCE_MS });
  await page
    .locator('[data-testid="presenter-bar"][data-phase="live"][data-unsent="0"]')
    .waitFor({ timeout: PATIENCE_MS });
}

async function write(page: Page, words: string): Promise<void> {
  await page.getByTestId('chat-input').fill(words);
  await page.keyboard.press('Enter');
}

/** Each one where none was drawn before: a drag on one that is there moves it. */
let drawnSoFar = 0;
async function drawLength(page: Page): Promise<void> {
  const box = (await lightbox(page).boundingBox()) ?? assert.fail('no lightbox');
  drawnSoFar += 1;
  const y = box.y + box.height * (0.4 + 0.05 * drawnSoFar);
  await lightbox(page).focus();
  await page.keyboard.press('l');
  await page.mouse.move(box.x + box.width * 0.4, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, y, { steps: 3 });
  await page.mouse.up();
  // Lets go of what was drawn, then of the tool.
  for (const key of ['Escape', 'Escape']) await page.keyboard.press(key);
}

/** How many connections for sound and picture the page has ever made. */
const connectionsMade = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { __peerConnections: unknown[] }).__peerConnections.length);

describe('a consultation over server and sfu in processes of their own', function () {
  this.timeout(180_000);
  let browser: Browser;
  let meeting: Meeting;

  before(async () => {
    browser = await launchBrowser();
    meeting = await meet(browser, true);
  });
  after(async () => {
    await meeting?.close();
    await browser?.close();
  });

  it('goes on in sound and picture while the server is killed and started again; the rest heals, nothing acknowledged is gone', async () => {
    const { site, county, expert, bothSee, bothShare } = meeting;
    const witness = await meeting.witness();
    await witness.more(8);
    const made = await Promise.all([county, expert].map(connectionsMade));
    await site.server.kill('SIGKILL');
    await county.locator('.connection-light:not([data-state="connected"])').waitFor();
    const drawn = await annotations(expert).count();
    await write(county, '中断时写的');
    await drawLength(expert);
    await county.getByTestId('chat-pending').getByText('中断时写的').waitFor();
    await expert.locator('[data-testid="presenter-bar"][data-unsent="1"]').waitFor();
    await bothSee();
    await site.server.restart();
    await bothSee();
    await expert.getByTestId('chat-message').getByText('中断时写的').waitFor({ timeout: PATIENCE_MS });
    await county.waitForFunction(countIsAbove, drawn, { timeout: PATIENCE_MS });
    await bothShare('恢复后写的');
    assert.deepEqual(await Promise.all([county, expert].map(connectionsMade)), made, 'the media were never cut');
    await witness.assertNothingIsGone();
  });

  it('shows both again after the media process died', async () => {
    const { site, bothSee, bothShare } = meeting;
    const witness = await meeting.witness();
    await witness.more(2);
    killMediaWorker(site.sfu);
    await bothSee();
    await bothShare('媒体进程中断之后');
    await witness.assertNothingIsGone();
  });

  it('shows both again after the sfu was killed and started again; what they share goes on meanwhile', async () => {
    const { site, county, bothSee, bothShare } = meeting;
    const witness = await meeting.witness();
    await witness.more(2);
    await site.sfu.kill('SIGKILL');
    await county.locator('[data-testid="room"][data-phase="returning"]').waitFor({ timeout: PATIENCE_MS });
    await bothShare('没有声音画面时');
    await site.sfu.restart();
    await bothSee();
    await bothShare('声音画面恢复之后');
    await witness.assertNothingIsGone();
  });
});

describe('a consultation over one process', function () {
  this.timeout(180_000);
  let browser: Browser;
  let meeting: Meeting;

  before(async () => {
    browser = await launchBrowser();
    meeting = await meet(browser, false);
  });
  after(async () => {
    await meeting?.close();
    await browser?.close();
  });

  it('is back in sound, picture and images after the process was killed and started again, without a click', async () => {
    const { site, bothSee, bothShare } = meeting;
    const witness = await meeting.witness();
    await witness.more(8);
    await site.server.kill('SIGKILL');
    await site.server.restart();
    await bothSee();
    await bothShare('重新启动之后');
    await witness.assertNothingIsGone();
  });
});
