import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { assertAccessible } from '../support/accessible.ts';
import { addPerson, PERSON_PASSWORD } from '../support/add-person.ts';
import { carrySession, launchBrowser, openPerson, type Person, receivedAudioBytes } from '../support/browser.ts';
import { type Client, signIn } from '../support/client.ts';
import {
  type DemonstrationWorld,
  enrolIn,
  INVITED,
  openDemonstrationWorld,
  placeDemonstration,
} from '../support/demonstration-world.ts';
import { eventually, rises } from '../support/eventually.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';
import { writeVoice } from './call-voice.ts';
import { BITS, blockAt, HEIGHT_PX, judge, type SeenPicture, WIDTH_PX } from './theatre-picture.ts';

describe('a live demonstration in the browser', function () {
  this.timeout(300_000);
  let server: RunningServer;
  let browser: Browser;
  let folder: string;
  let world: DemonstrationWorld;
  let demonstrationId: string;
  let theatre: Person;
  const people: Person[] = [];

  before(async () => {
    server = await startServer({ isHallReady: () => true });
    folder = await mkdtemp(join(tmpdir(), 'huizhen-voice-'));
    const voice = join(folder, 'voice.wav');
    await writeVoice(voice);
    browser = await launchBrowser([`--use-file-for-fake-audio-capture=${voice}`]);
    world = await openDemonstrationWorld(server);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open({ cookie }: Client, path: string): Promise<Person> {
    const person = await openPerson(browser, server.url);
    people.push(person);
    await carrySession(person.context, cookie, server.url);
    await person.page.goto(path);
    return person;
  }
  async function enrolled(name: string): Promise<Client> {
    const person = await addPerson(server.database, 'trainee', INVITED, name);
    await enrolIn(world, demonstrationId, person);
    return await signIn(server.url, person.login, PERSON_PASSWORD);
  }
  const at = (page: string) => `/demonstrations/${demonstrationId}/${page}`;
  const program = ({ page }: Person, which = 0) => page.getByTestId('program').getByTestId('hall-picture').nth(which);
  const shows = (person: Person, colour: SeenPicture['colour'], which = 0) =>
    eventually(`the program shows ${colour}`, async () => (await see(person, which)).colour === colour);
  /** What a watcher sees there, by its decoded pixels. */
  async function see(person: Person, which: number): Promise<SeenPicture> {
    const blocks = Array.from({ length: BITS }, (_, bit) => blockAt(bit));
    return judge(await program(person, which).evaluate(readPixels, { blocks, width: WIDTH_PX, height: HEIGHT_PX }));
  }
  const source = ({ page }: Person, name: string) => page.getByTestId('desk-source').filter({ hasText: name });
  const onAir = async (desk: Person, name: 'field' | 'room' | 'device') => {
    const main = source(desk, `${name} 1`).getByRole('button', { name: zh('demonstrationHall:desk.main') });
    await main.click();
  };

  it('is begun at the desk, and whoever waits is taken in and sees what the moderator chooses', async () => {
    const soon = { startsAt: new Date(Date.now() + 60_000).toISOString() };
    ({ demonstrationId } = await placeDemonstration(world, 'enrolling', soon));
    const [lin, wu] = [await enrolled('林一'), await enrolled('吴二')];
    theatre = await open(world.surgeon, '/healthz');
    await theatre.page.evaluate(await bundleTheatre());
    await theatre.page.evaluate((id) => window.theatre.enter(id), demonstrationId);
    const desk = await open(world.moderator.client, at('desk'));
    await onAir(desk, 'field');
    await shows(desk, 'field');
    const [first, second] = [await open(lin, at('watch')), await open(wu, at('watch'))];
    await first.page.getByTestId('hall-closed').waitFor();
    await desk.page.getByTestId('desk-begin').click();
    await desk.page
      .getByRole('button', { name: zh('demonstrationHall:desk.begin.confirm') })
      .last()
      .click();
    for (const watcher of [first, second]) {
      await shows(watcher, 'field');
      // The pictures move: the counter in them goes on.
      const { count } = await see(watcher, 0);
      await eventually('the counter goes on', async () => (await see(watcher, 0)).count !== count);
      await rises('sound of the theatre', 1_000, () => receivedAudioBytes(watcher.page));
    }
    // The list at the desk is as new as the number above it.
    await desk.page
      .locator('[data-testid="desk-watchers"] li[data-present="true"]')
      .nth(1)
      .waitFor({ timeout: 10_000 });
    await eventually('both are counted', async () =>
      (await desk.page.locator('.hall-audience').innerText()).includes('2'),
    );

    for (const { page } of [desk, first])
      for (const width of [1366, 390]) {
        await page.setViewportSize({ width, height: width < 500 ? 844 : 768 });
        await assertAccessible(page, `${page.url()} ${width}`);
      }
    await desk.page.setViewportSize({ width: 1366, height: 768 });
    await desk.page.locator('.hall-bar').click();
    const keys = await desk.page.getByTestId('desk-source').allInnerTexts();
    await desk.page.keyboard.press(`Digit${1 + keys.findIndex((text) => text.includes('device 1'))}`);
    await shows(second, 'device');
    await source(desk, 'room 1')
      .getByRole('button', { name: zh('demonstrationHall:desk.second') })
      .click();
    await shows(second, 'room', 1);
    await shows(second, 'device');
    await desk.page.getByText(zh('demonstrationHall:desk.layouts.single'), { exact: true }).click();
    await onAir(desk, 'field');
    await shows(first, 'field');
  });

  it('is black at a cut, says so, and goes on by itself', async () => {
    const [, desk, first, second] = people as [Person, Person, Person, Person];
    await desk.page.getByRole('button', { name: zh('theatre:cut.all') }).click();
    for (const watcher of [first, second]) {
      await watcher.page.locator('[data-testid="cut-slate"][data-cut="both"]').waitFor();
      await shows(watcher, 'black');
      assert.equal(await program(watcher).getAttribute('data-shown'), 'cut');
    }
    // Ending a cut takes two presses.
    await desk.page.getByRole('button', { name: zh('theatre:cut.resume'), exact: true }).click();
    await desk.page.getByRole('button', { name: zh('theatre:cut.confirmResume') }).click();
    await first.page.getByTestId('cut-slate').waitFor({ state: 'hidden' });
    for (const watcher of [first, second]) await shows(watcher, 'field');
  });

  it('lets a watcher be heard whom the moderator gives the word, until it is taken back', async () => {
    const [, desk, first, second] = people as [Person, Person, Person, Person];
    await desk.page.getByRole('button', { name: `${zh('demonstrationHall:desk.give')} 林一` }).click();
    const voice = first.page.getByTestId('own-voice');
    await voice.getByRole('button', { name: zh('demonstrationHall:voice.open') }).click();
    const heard = second.page.locator('.hall-speakers li[data-off="false"]', { hasText: '林一' });
    await heard.waitFor();
    await eventually('the voice is heard', () => second.page.evaluate(hearsTwo));
    await shows(first, 'field');
    await desk.page.getByRole('button', { name: `${zh('demonstrationHall:desk.take')} 林一` }).click();
    await voice.waitFor({ state: 'hidden' });
    await heard.waitFor({ state: 'hidden' });
  });

  it('is watched by one person in one window, counted once, who says that they are there when they are asked', async () => {
    const [, desk, first] = people as [Person, Person, Person];
    const now = new Date().toISOString();
    const check = { checkId: randomUUID(), demonstrationId, slot: 99, dueAt: now, askedAt: now };
    await server.database.write(({ presenceChecks }) => presenceChecks.insertNew(check));
    const other = await first.context.newPage();
    // What only moderator and deputy may do is not offered to somebody who types the address.
    await other.goto(at('desk'));
    await other
      .getByTestId('not-yours')
      .getByRole('link', { name: zh('demonstrationHall:open.watch') })
      .click();
    const question = other.getByTestId('presence-question');
    await question.getByRole('button', { name: zh('demonstrations:presenceCheck.confirm') }).click();
    await question.waitFor({ state: 'hidden' });
    assert.equal((await server.database.read.presenceChecks.listAnswers(demonstrationId)).length, 1);
    await other.locator('[data-testid="hall-end"][data-phase="elsewhere"]').waitFor();
    await other.getByTestId('take-over').click();
    await first.page.locator('[data-testid="hall-end"][data-phase="replaced"]').waitFor();
    await shows({ ...first, page: other }, 'field');
    assert.match(await desk.page.locator('.hall-audience').innerText(), /^2 /);
  });

  it('goes on when the moderator leaves: the deputy has the desk at once, and ends it', async () => {
    const [, moderator, , second] = people as [Person, Person, Person, Person];
    await moderator.context.close();
    const desk = await open(world.deputy.client, at('desk'));
    await onAir(desk, 'room');
    await shows(second, 'room');
    await desk.page.getByTestId('desk-end').click();
    await desk.page
      .getByRole('button', { name: zh('demonstrationHall:desk.end.confirm') })
      .last()
      .click();
    await second.page.locator('[data-testid="hall-end"][data-phase="ended"], [data-testid="hall-closed"]').waitFor();
    await eventually(
      'the theatre is out as well',
      async () => (await theatre.page.evaluate(() => window.theatre.phase())) === 'ended',
    );
    for (const { faults } of people) assert.deepEqual(faults, []);
  });
});

/** Runs in the page: the middle of the picture, and how bright each block of the counter is. */
function readPixels(
  figure: Element,
  { blocks, width, height }: { blocks: { x: number; y: number; size: number }[]; width: number; height: number },
): { red: number; green: number; blue: number; bits: number[] } {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const video = figure.querySelector('video');
  if (!context) throw new Error('no canvas');
  if (video && video.videoWidth > 0) context.drawImage(video, 0, 0, width, height);
  // No function of its own in here: what names it does not go along into the page.
  const { data } = context.getImageData(0, 0, width, height);
  const middle = (Math.round(height * 0.7) * width + width / 2) * 4;
  const [red = 0, green = 0, blue = 0] = data.subarray(middle, middle + 3);
  const bits: number[] = [];
  for (const { x, y, size } of blocks) bits.push(data[((y + size / 2) * width + x + size / 2) * 4 + 1] ?? 0);
  return { red, green, blue, bits };
}

/** Runs in the page: whether two voices come in with sound in them. */
async function hearsTwo(): Promise<boolean> {
  const { __peerConnections: connections } = window as unknown as { __peerConnections: RTCPeerConnection[] };
  let loud = 0;
  for (const connection of connections)
    if (connection.connectionState === 'connected')
      for (const entry of (await connection.getStats()).values())
        if (entry.type === 'inbound-rtp' && entry.kind === 'audio' && entry.audioLevel > 0.001) loud += 1;
  return loud >= 2;
}

async function bundleTheatre(): Promise<string> {
  const entry = fileURLToPath(new URL('theatre-page.ts', import.meta.url));
  const output = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'page' } },
  });
  const [first] = [output].flat();
  const chunk = first && 'output' in first ? first.output.find((part) => part.type === 'chunk') : undefined;
  return chunk?.type === 'chunk' ? chunk.code : assert.fail('nothing was bundled');
}
