import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import {
  carrySession,
  decodedFrames,
  launchBrowser,
  openPerson,
  type Person,
  receivedAudioBytes,
  setVisibility,
} from '../support/browser.ts';
import { meetCase } from '../support/case-journey.ts';
import { eventually, rises } from '../support/eventually.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';
import { openRelay, type Relay } from './call-relay.ts';
import { writeVoice } from './call-voice.ts';

/** Longer than a window may be hidden before it receives no pictures. */
const HIDDEN_FOR_MS = 6_000;
const PATIENCE_MS = 90_000;
/** Carries a voice, and no picture. */
const VOICE_ONLY_BPS = 70_000;
/** So soon after the line is good again a person sees the other one move: so many pictures were decoded. */
const BACK_WITHIN_MS = 10_000;
/** A machine that encodes and decodes both sides at once is later than a hospital's two: one time in some thirty 11 s were seen. */
const SHARED_MACHINE_MS = 15_000;
const BACK_FRAMES = 20;

describe('a consultation over a line that gets worse', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let browser: Browser;
  let relay: Relay;
  let folder: string;
  let county: Person;
  let expert: Person;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huizhen-voice-'));
    const voice = join(folder, 'voice.wav');
    await writeVoice(voice);
    [server, browser, relay] = await Promise.all([
      startServer(),
      launchBrowser([`--use-file-for-fake-audio-capture=${voice}`]),
      openRelay(),
    ]);
    const [requester, specialist] = await Promise.all([server.signIn('county-doctor'), server.signIn('specialist')]);
    const { consultationId } = await meetCase(requester, specialist);
    const enter = async (cookie: string, through?: Relay) => {
      const person = await openPerson(browser, server.url);
      await through?.lead(person.page);
      await carrySession(person.context, cookie, server.url);
      await person.page.goto(`/consultations/${consultationId}/room`);
      await person.page.getByTestId('room-enter').click();
      return person;
    };
    expert = await enter(specialist.cookie);
    county = await enter(requester.cookie, relay);
  });
  after(async () => {
    await browser?.close();
    relay?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const pictures =
    ({ page }: Person) =>
    () =>
      decodedFrames(page);
  const voiceAt =
    ({ page }: Person) =>
    () =>
      receivedAudioBytes(page);
  /** The line is good from now on: the pictures are back in time, by themselves. */
  const comesBack = async (person: Person, mend: () => unknown) => {
    const count = pictures(person);
    const before = await count();
    const goodMs = performance.now();
    await mend();
    await eventually('pictures are back', async () => (await count()) >= before + BACK_FRAMES);
    const tookMs = Math.round(performance.now() - goodMs);
    assert.ok(
      tookMs <= BACK_WITHIN_MS + SHARED_MACHINE_MS,
      `${BACK_FRAMES} pictures came ${tookMs} ms after the line was good`,
    );
  };
  const tileAt = ({ page }: Person, state: string) =>
    page.locator(`[data-testid="tile"]${state}`).waitFor({ timeout: PATIENCE_MS });

  it('stops the county’s video by itself when its line outward carries a voice only, and says so to both; the voice goes on', async () => {
    await rises('pictures at the expert', 20, pictures(expert));
    await rises('pictures at the county', 20, pictures(county));
    relay.up.rateBps = VOICE_ONLY_BPS;
    await tileAt(expert, '[data-picture="stopped"]');
    await expert.page.getByText(zh('call:stoppedThere')).waitFor();
    await county.page.locator('[data-testid="self-tile"][data-picture="stopped"]').waitFor({ timeout: PATIENCE_MS });
    await county.page.getByTestId('room-trouble').getByText(zh('call:ownStopped')).waitFor();
    await rises('voice at the expert', 4_000, voiceAt(expert));
    await rises('pictures at the county, whose line inward is good', 20, pictures(county));
  });

  it('brings the video back without a click when the line is good again', async () => {
    await comesBack(expert, () => {
      relay.up.rateBps = Number.POSITIVE_INFINITY;
    });
    await county.page.locator('[data-testid="self-tile"][data-picture="live"]').waitFor({ timeout: PATIENCE_MS });
    await tileAt(expert, '[data-picture="live"]');
  });

  it('gives up the pictures that the county’s line inward cannot carry, and keeps the voice', async () => {
    relay.down.rateBps = VOICE_ONLY_BPS;
    await tileAt(county, '[data-picture="stopped"]');
    await county.page.getByText(zh('call:stoppedHere')).first().waitFor();
    await rises('voice at the county', 4_000, voiceAt(county));
    await rises('pictures at the expert, whose line is good', 20, pictures(expert));
    await comesBack(county, () => {
      relay.down.rateBps = Number.POSITIVE_INFINITY;
    });
    await tileAt(county, '[data-picture="live"]');
  });

  it('brings them back after a thin moment in which the window was hidden, or the other’s camera was off', async () => {
    relay.down.rateBps = VOICE_ONLY_BPS;
    await tileAt(county, '[data-picture="stopped"]');
    await setVisibility(county.page, 'hidden');
    await sleep(HIDDEN_FOR_MS);
    await comesBack(county, async () => {
      relay.down.rateBps = Number.POSITIVE_INFINITY;
      await setVisibility(county.page, 'visible');
    });
    relay.down.rateBps = VOICE_ONLY_BPS;
    await tileAt(county, '[data-picture="stopped"]');
    await expert.page.keyboard.press('v');
    await tileAt(county, '[data-picture="off"]');
    await comesBack(county, async () => {
      relay.down.rateBps = Number.POSITIVE_INFINITY;
      await expert.page.keyboard.press('v');
    });
  });

  it('goes on when the county’s computer changes to another network', async () => {
    relay.roam();
    await rises('pictures at the county', 20, pictures(county));
    await rises('pictures at the expert', 20, pictures(expert));
    await rises('voice at the expert', 4_000, voiceAt(expert));
  });

  it('finds a new path when the old one is dead for some seconds', async () => {
    relay.up.rateBps = relay.down.rateBps = 0;
    await county.page.getByTestId('room-trouble').getByText(zh('call:reconnecting')).waitFor({ timeout: PATIENCE_MS });
    relay.up.rateBps = relay.down.rateBps = Number.POSITIVE_INFINITY;
    await rises('pictures at the county', 20, pictures(county));
    await rises('pictures at the expert', 20, pictures(expert));
    assert.equal(await county.page.getByTestId('room-trouble').textContent(), '');
  });
});
