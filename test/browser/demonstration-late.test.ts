import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { assertAccessible } from '../support/accessible.ts';
import { addPerson, PERSON_PASSWORD } from '../support/add-person.ts';
import { carrySession, launchBrowser, openPerson, type Person } from '../support/browser.ts';
import { type Client, signIn } from '../support/client.ts';
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
import { writeVoice } from './call-voice.ts';
import { bundleTheatre, closeNetwork, loudnessOf, readPixels } from './live-page.ts';
import { BITS, blockAt, HEIGHT_PX, judge, type SeenPicture, WIDTH_PX } from './theatre-picture.ts';

describe('a live demonstration that is watched some seconds late', function () {
  this.timeout(300_000);
  let server: RunningServer;
  let browser: Browser;
  let folder: string;
  let world: DemonstrationWorld;
  let demonstrationId: string;
  let desk: Person;

  before(async () => {
    server = await startServer();
    folder = await mkdtemp(join(tmpdir(), 'huizhen-voice-'));
    const voice = join(folder, 'voice.wav');
    await writeVoice(voice);
    browser = await launchBrowser([`--use-file-for-fake-audio-capture=${voice}`]);
    world = await openDemonstrationWorld(server);
    ({ demonstrationId } = await placeDemonstration(world, 'live'));
    const theatre = await open(world.surgeon, '/healthz');
    await theatre.page.evaluate(await bundleTheatre());
    await theatre.page.evaluate((id) => window.theatre.enter(id), demonstrationId);
    desk = await open(world.moderator.client, at('desk'));
    await onAir('field');
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open({ cookie }: Client, path: string, { isClosed = false } = {}): Promise<Person> {
    const person = await openPerson(browser, server.url);
    await carrySession(person.context, cookie, server.url);
    if (isClosed) await person.context.addInitScript(closeNetwork);
    // Whether somebody is there is asked unannounced, and stands above the page until it is answered.
    const asked = person.page.getByTestId('presence-question');
    await person.page.addLocatorHandler(asked, (question) => question.getByRole('button').first().click());
    await person.page.goto(path);
    return person;
  }
  async function enrolled(name: string): Promise<Client> {
    const person = await addPerson(server.database, 'trainee', INVITED, name);
    await enrolIn(world, demonstrationId, person);
    return await signIn(server.url, person.login, PERSON_PASSWORD);
  }
  const at = (page: string) => `/demonstrations/${demonstrationId}/${page}`;
  const onAir = (name: 'field' | 'room') =>
    desk.page
      .getByTestId('desk-source')
      .filter({ hasText: `${name} 1` })
      .getByRole('button', { name: zh('demonstrationHall:desk.main') })
      .click();
  /** What a watcher sees there, by its decoded pixels. */
  async function see({ page }: Person, where: 'hls' | 'program'): Promise<SeenPicture> {
    const blocks = Array.from({ length: BITS }, (_, bit) => blockAt(bit));
    const pixels = page.getByTestId(where).evaluate(readPixels, { blocks, width: WIDTH_PX, height: HEIGHT_PX });
    return judge(await pixels);
  }
  /** What the browser complained of since the last time, but for refusals that belong there. */
  const faultsOf = ({ faults }: Person, allowed = /(?!)/) => faults.splice(0).filter((fault) => !allowed.test(fault));
  const shows = (person: Person, where: 'hls' | 'program', colour: SeenPicture['colour']) =>
    eventually(`${where} shows ${colour}`, async () => (await see(person, where)).colour === colour);

  it('comes some seconds late over HTTPS to a network that lets no media through: heard too, cut at once, live again once it can be', async () => {
    const behind = await open(await enrolled('郑四'), at('watch'), { isClosed: true });
    const hls = behind.page.getByTestId('hls');
    await hls.getByText(zh('demonstrationHall:hls.because.network')).waitFor();
    await shows(behind, 'hls', 'field');
    assert.deepEqual(faultsOf(behind, /status of 503/), [], 'it is asked for while it is being made');
    const { count } = await see(behind, 'hls');
    await eventually('its picture moves', async () => (await see(behind, 'hls')).count !== count);
    await eventually('the theatre is heard', async () => (await hls.evaluate(loudnessOf)) > 0.01);
    for (const width of [1366, 390]) {
      await behind.page.setViewportSize({ width, height: width < 500 ? 844 : 768 });
      await assertAccessible(behind.page, `HLS at ${width}`);
    }
    await onAir('room');
    await shows(behind, 'hls', 'room');
    await onAir('field');
    await shows(behind, 'hls', 'field');
    assert.deepEqual(faultsOf(behind), []);

    await desk.page.getByRole('button', { name: zh('theatre:cut.all') }).click();
    await hls.locator('[data-testid="cut-slate"][data-cut="both"]').waitFor();
    const volume = () => hls.locator('video').evaluate((video) => (video as HTMLVideoElement).volume);
    assert.equal(await volume(), 0, 'what comes of before the cut is not heard');
    assert.equal(await hls.locator('video').isVisible(), false, 'nothing that was loaded is shown');
    assert.ok((await hls.evaluate(loudnessOf)) < 0.01, 'or heard');
    await desk.page.getByRole('button', { name: zh('theatre:cut.resume'), exact: true }).click();
    await desk.page.getByRole('button', { name: zh('theatre:cut.confirmResume') }).click();
    await hls.getByTestId('cut-slate').waitFor({ state: 'hidden' });
    assert.equal(await volume(), 1);
    await shows(behind, 'hls', 'field');
    assert.deepEqual(faultsOf(behind, /status of (503|403|404)/), [], 'what the cut took back is not had');

    await behind.page.evaluate(() => Object.assign(window, { __open: true }));
    await hls.waitFor({ state: 'hidden' });
    await shows(behind, 'program', 'field');
    assert.deepEqual(faultsOf(behind), []);
    await behind.context.close();
  });

  it('comes late to whoever chooses it, heard once, until they choose live again', async () => {
    const first = await open(await enrolled('林一'), at('watch'));
    await shows(first, 'program', 'field');
    const voices = first.page.getByTestId('voice');
    assert.notEqual(await voices.count(), 0);
    await first.page.getByRole('button', { name: zh('demonstrationHall:hls.toLate') }).click();
    await first.page.getByTestId('hls').getByText(zh('demonstrationHall:hls.because.chosen')).waitFor();
    await shows(first, 'hls', 'field');
    assert.equal(await voices.count(), 0, 'not live as well');
    await first.page.getByRole('button', { name: zh('demonstrationHall:hls.toLive') }).click();
    await shows(first, 'program', 'field');
    assert.notEqual(await voices.count(), 0);
    assert.deepEqual(first.faults, []);
  });
});
