import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { decodedFrames, launchBrowser, type Person, receivedAudioBytes, setVisibility } from '../support/browser.ts';
import { meetCase } from '../support/case-journey.ts';
import { type ConsultationSite, killMediaWorker, openConsultationSite } from '../support/consultation-site.ts';
import { eventually } from '../support/eventually.ts';
import { zh } from '../support/zh.ts';
import { writeVoice } from './call-voice.ts';
import { holdTracks, keepTracksAndLocks, sentLayers, watchPicture } from './call-watching.ts';

const PATIENCE_MS = 45_000;
const RETURN_MS = 1_000;
/** What a machine may take longer that does other things besides. */
const BUSY_MS = 2_000;

/** Waits until what a page counts has grown by so much. Connections that are replaced take their part of the count with them: only growth is added up. */
async function rises(count: () => Promise<number>, by: number, what: string): Promise<void> {
  const untilMs = Date.now() + PATIENCE_MS;
  let before = await count();
  let grown = 0;
  while (grown < by) {
    if (Date.now() > untilMs) assert.fail(`${what}: grew by ${grown} only`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const now = await count();
    grown += Math.max(0, now - before);
    before = now;
  }
}

const seesAndHears = ({ page }: Person, who: string) =>
  Promise.all([
    rises(() => decodedFrames(page), 20, `pictures at ${who}`),
    rises(() => receivedAudioBytes(page), 1_000, `voice at ${who}`),
  ]);

describe('a video consultation in real browsers', function () {
  this.timeout(180_000);
  let site: ConsultationSite;
  let folder: string;
  let browser: Browser;
  let county: Person;
  let expert: Person;
  let consultationId: string;

  const bothSeeAndHear = () => Promise.all([seesAndHears(county, 'the county'), seesAndHears(expert, 'the expert')]);
  const tileAt = ({ page }: Person, state: string) =>
    page.locator(`[data-testid="tile"]${state}`).first().waitFor({ timeout: PATIENCE_MS });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huizhen-voice-'));
    const voice = join(folder, 'voice.wav');
    await writeVoice(voice);
    site = await openConsultationSite({ apart: true, withoutCases: true });
    browser = await launchBrowser([`--use-file-for-fake-audio-capture=${voice}`]);
    const [requester, specialist] = await Promise.all([site.signIn('county-doctor'), site.signIn('specialist')]);
    ({ consultationId } = await meetCase(requester, specialist));
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('publishes nothing before the person enters, and says who is there', async () => {
    expert = await site.open(browser, 'specialist', `/consultations/${consultationId}/room`);
    county = await site.open(browser, 'county-doctor', `/consultations/${consultationId}/room`, {
      prepare: async (context) => {
        await context.addInitScript(keepTracksAndLocks);
      },
    });
    await expert.page.getByTestId('room-enter').click();
    await county.page.getByTestId('present').getByText('陈致远').waitFor();
    await expert.page.getByText(zh('room:alone')).waitFor();
    assert.equal(await decodedFrames(expert.page), 0);
  });

  it('lets both see and hear each other', async () => {
    await county.page.getByTestId('room-enter').click();
    await bothSeeAndHear();
    await tileAt(expert, '[data-voice="on"][data-picture="live"]');
    await tileAt(county, '[data-voice="on"][data-picture="live"]');
  });

  it('shows who speaks', async () => {
    await tileAt(county, '[data-speaking="true"]');
  });

  it('[SF36] sends no larger picture of the camera than anybody looks at, and the large one as soon as somebody does', async () => {
    const layersOf = ({ page }: Person) => page.evaluate(sentLayers);
    const rising = async (person: Person) => {
      const before = await layersOf(person);
      await person.page.waitForTimeout(500);
      const now = await layersOf(person);
      return now.map(({ frames }, index) => frames > (before[index]?.frames ?? 0));
    };
    const sends = (wanted: boolean[]) =>
      eventually(`the county sends ${wanted}`, async () => (await rising(county)).join() === wanted.join());
    const onFullScreen = () => expert.page.getByTestId('tile').press('f');
    await sends([true, false, false]);
    // The first time the browser has to find out what its line carries.
    await onFullScreen();
    await sends([true, true, true]);
    await onFullScreen();
    await sends([true, false, false]);
    const large = async () => (await layersOf(county)).at(-1)?.frames ?? 0;
    const before = await large();
    const startMs = performance.now();
    await onFullScreen();
    while ((await large()) === before && performance.now() - startMs < PATIENCE_MS)
      await county.page.waitForTimeout(20);
    const tookMs = Math.round(performance.now() - startMs);
    assert.ok(tookMs < RETURN_MS + BUSY_MS, `the large picture was sent after ${tookMs} ms`);
    await onFullScreen();
    await sends([true, false, false]);
    await setVisibility(expert.page, 'hidden');
    await sends([false, false, false]);
    await setVisibility(expert.page, 'visible');
    await bothSeeAndHear();
    await tileAt(expert, '[data-voice="on"][data-picture="live"]');
  });

  it('shows the other side at once what is muted or turned off, by key and by button', async () => {
    await county.page.locator('.room-bar').click();
    await county.page.keyboard.press('m');
    await tileAt(expert, '[data-voice="muted"]');
    await county.page.keyboard.press('v');
    await tileAt(expert, '[data-picture="off"]');
    await county.page.getByTestId('toggle-microphone').click();
    await tileAt(expert, '[data-voice="on"]');
    await county.page.getByTestId('toggle-camera').click();
    await tileAt(expert, '[data-picture="live"]');
    await bothSeeAndHear();
  });

  it('tells both when the system takes the camera or a headset mutes, and when they are back', async () => {
    const hold = (kind: 'audio' | 'video', held: boolean) => county.page.evaluate(holdTracks, { kind, held });
    await hold('video', true);
    await county.page.getByTestId('room-trouble').getByText(zh('call:cameraHeld')).waitFor();
    await tileAt(expert, '[data-picture="off"]');
    await hold('audio', true);
    await county.page.getByTestId('room-trouble').getByText(zh('call:microphoneHeld')).waitFor();
    await tileAt(expert, '[data-voice="muted"]');
    await hold('video', false);
    await hold('audio', false);
    await tileAt(expert, '[data-voice="on"][data-picture="live"]');
  });

  it('asks the system to keep the screen on while one is in the room', async () => {
    await county.page.waitForFunction(() => Reflect.get(window, '__awake') >= 1);
  });

  it('does not take letters that are typed into the chat for keys', async () => {
    await county.page.getByTestId('chat-input').fill('');
    await county.page.getByTestId('chat-input').pressSequentially('mv 您好');
    await county.page.keyboard.press('Enter');
    await expert.page.getByTestId('chat-message').getByText('mv 您好').waitFor();
    await tileAt(expert, '[data-voice="on"][data-picture="live"]');
  });

  it('counts what was written while one looked elsewhere, and keeps its lines', async () => {
    await county.page.getByTestId('tab-summary').click();
    await expert.page.getByTestId('chat-input').fill('');
    // Safari ends a composition before the Enter that chose the word: that Enter bears keyCode 229 and sends nothing.
    await expert.page.getByTestId('chat-input').fill('第一');
    await expert.page.getByTestId('chat-input').evaluate((input) => {
      input.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }),
      );
    });
    assert.equal(await expert.page.getByTestId('chat-input').inputValue(), '第一', 'the line is not sent half');
    await expert.page.getByTestId('chat-input').fill('');
    await expert.page.getByTestId('chat-input').pressSequentially('第一行');
    await expert.page.keyboard.press('Shift+Enter');
    await expert.page.getByTestId('chat-input').pressSequentially('第二行');
    await expert.page.keyboard.press('Enter');
    await county.page.getByTestId('badge-chat').getByText('1', { exact: true }).waitFor();
    await county.page.getByTestId('tab-chat').click();
    await county.page.getByTestId('badge-chat').waitFor({ state: 'detached' });
    assert.equal(
      await county.page.getByTestId('chat-message').last().locator('.chat-text').textContent(),
      '第一行\n第二行',
    );
  });

  it('goes on while the server is killed and started again; what was written meanwhile arrives', async () => {
    await site.server.kill('SIGKILL');
    await county.page.getByTestId('chat-input').fill('服务器中断时写的');
    await county.page.keyboard.press('Enter');
    await county.page.getByTestId('chat-pending').waitFor();
    await bothSeeAndHear();
    await site.server.restart();
    await expert.page.getByTestId('chat-message').getByText('服务器中断时写的').waitFor({ timeout: PATIENCE_MS });
    await bothSeeAndHear();
    assert.equal(await county.page.getByTestId('chat-message').getByText('服务器中断时写的').count(), 1);
  });

  it('comes back without a click after the sfu was killed, and keeps the last picture meanwhile', async () => {
    await site.sfu.kill('SIGKILL');
    await expert.page.locator('[data-testid="room"][data-phase="returning"]').waitFor({ timeout: PATIENCE_MS });
    await expert.page.getByTestId('room-trouble').getByText(zh('call:reconnecting')).waitFor();
    assert.equal(await expert.page.getByTestId('tile').getAttribute('data-picture'), 'live');
    const seen = watchPicture(expert.page);
    await site.sfu.restart();
    await bothSeeAndHear();
    const greens = await seen.stop();
    assert.ok(greens.length > 3 && Math.min(...greens) > 40, `never black: ${greens.join()}`);
    await tileAt(expert, '[data-returning="false"][data-picture="live"]');
    assert.equal(await expert.page.getByTestId('tile').count(), 1, 'nobody is there twice');
  });

  it('comes back without a click after the media process under the call died', async () => {
    killMediaWorker(site.sfu);
    await bothSeeAndHear();
    assert.equal(await county.page.getByTestId('tile').count(), 1);
  });

  it('shows a person who reloads the page once, and leaves the microphone off that was off', async () => {
    await county.page.getByTestId('toggle-microphone').click();
    await county.page.reload();
    await county.page.getByTestId('room-enter').click();
    await seesAndHears(county, 'the county');
    await tileAt(expert, '[data-voice="none"][data-picture="live"]');
    assert.equal(await expert.page.getByTestId('tile').count(), 1);
    await county.page.getByTestId('toggle-microphone').click();
    await tileAt(expert, '[data-voice="on"]');
  });

  it('asks a person who opens a second window which one it is to be, and never plays them their own voice', async () => {
    const second = await county.context.newPage();
    await second.goto(`/consultations/${consultationId}/room`);
    await second.getByTestId('room-enter').click();
    await second.getByTestId('other-window').getByText(zh('room:preview.otherWindow')).waitFor();
    await bothSeeAndHear();
    await second.getByTestId('take-over').click();
    await second.getByTestId('tile').waitFor();
    await county.page.locator('[data-testid="room-end"][data-phase="replaced"]').waitFor();
    const names = await second.getByTestId('tile').evaluateAll((tiles) => tiles.map((tile) => tile.ariaLabel));
    assert.equal(names.length, 1);
    assert.ok(!names.join().includes('李文'), names.join());
    assert.equal(await second.getByTestId('voice').count(), 1);
    await tileAt(expert, '[data-picture="live"]');
    assert.equal(await expert.page.getByTestId('tile').count(), 1);

    await county.page.getByTestId('room-again').click();
    await county.page.getByTestId('room-enter').click();
    await county.page.getByTestId('take-over').click();
    await second.locator('[data-testid="room-end"][data-phase="replaced"]').waitFor();
    await second.close();
    await bothSeeAndHear();
  });

  it('ends for everybody, with the next step for each', async () => {
    await expert.page.getByTestId('leave').click();
    await expert.page.getByTestId('end-call').click();
    await county.page.locator('[data-testid="room-end"][data-phase="ended"]').waitFor();
    await expert.page.locator('[data-testid="room-end"][data-phase="ended"]').waitFor();
    await expert.page.getByRole('link', { name: zh('room:end.writeOpinion') }).waitFor();
    const open = await county.page.evaluate(
      () =>
        (window as unknown as { __peerConnections: RTCPeerConnection[] }).__peerConnections.filter(
          ({ connectionState }) => connectionState !== 'closed',
        ).length,
    );
    assert.equal(open, 0, 'nothing is sent or received any more');
  });

  it('raised no fault on either page', () => {
    const unexpected = (faults: string[]) =>
      faults.filter((fault) => !/ERR_CONNECTION_REFUSED|WebSocket|Failed to load/.test(fault));
    assert.deepEqual([unexpected(county.faults), unexpected(expert.faults)], [[], []]);
  });
});
