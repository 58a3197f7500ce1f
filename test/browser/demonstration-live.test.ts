import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { ShownMaterial } from '../../server/demonstrations/demonstration.ts';
import { assertAccessible } from '../support/accessible.ts';
import { addPerson, PERSON_PASSWORD } from '../support/add-person.ts';
import { carrySession, launchBrowser, openPerson, type Person, receivedAudioBytes } from '../support/browser.ts';
import { type Client, signIn } from '../support/client.ts';
import { readCtFiles } from '../support/ct-by-hand.ts';
import { readData } from '../support/data.ts';
import {
  type DemonstrationWorld,
  enrolIn,
  INVITED,
  openDemonstrationWorld,
  placeDemonstration,
} from '../support/demonstration-world.ts';
import { eventually, rises } from '../support/eventually.ts';
import { stow, uploadFile } from '../support/images.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';
import { writeVoice } from './call-voice.ts';
import { bundleTheatre, hearsTwo, readPixels, toScreen } from './live-page.ts';
import { BITS, blockAt, HEIGHT_PX, judge, type SeenPicture, WIDTH_PX } from './theatre-picture.ts';
import { assertSamePicture, deskIn } from './viewer-desk.ts';

describe('a live demonstration in the browser', function () {
  this.timeout(300_000);
  let server: RunningServer;
  let browser: Browser;
  let folder: string;
  let world: DemonstrationWorld;
  let ctId: string;
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

  /** Slices of a CT in the patient's case and an ECG, which a second person has looked through. */
  async function checkedPictures(): Promise<ShownMaterial[]> {
    const { consultationId, doctor, ethics, surgeonId } = world;
    const files = (await readCtFiles()).slice(0, 3).map(({ bytes }) => bytes);
    await stow(doctor, files, `/dicomweb/consultations/${consultationId}/studies`);
    await uploadFile(doctor, consultationId, await readData('dicom/waveform/ecg_12lead.dcm'));
    const { materials } = await doctor.call('consultation:read', { params: { consultationId } });
    const checked = { checkedBy: ethics.accountId, checkedAt: new Date().toISOString() };
    return (['imaging', 'ecg'] as const).map((wanted) => {
      const { materialId } = materials.find(({ kind }) => kind === wanted) ?? assert.fail();
      return { materialId, listedBy: surgeonId, ...checked, checkedCount: wanted === 'ecg' ? 1 : files.length };
    });
  }

  it('is begun at the desk, and whoever waits is taken in and sees what the moderator chooses', async () => {
    const soon = { startsAt: new Date(Date.now() + 60_000).toISOString() };
    const materials = await checkedPictures();
    ctId = materials[0]?.materialId ?? assert.fail();
    ({ demonstrationId } = await placeDemonstration(world, 'enrolling', { ...soon, materials }));
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

  it('shows everybody the scan that the moderator leads through, each from their own copy, also to whoever comes later', async () => {
    const [, desk, first, second] = people as [Person, Person, Person, Person];
    for (const { page } of [first, second]) await page.setViewportSize({ width: 1366, height: 768 });
    const paneOf = ({ page }: Person) => deskIn(page, page.getByTestId('showing'));
    const leads = paneOf(desk);
    await desk.page.getByTestId('showing-open').click();
    await leads.whenFull();
    assert.equal(await first.page.getByTestId('showing').count(), 0, 'the moderator alone has opened it');
    await desk.page.getByTestId('take-over').click();
    await leads.press('ArrowDown');
    // A digit is the viewer's here: it chooses a window, and no other camera goes on air.
    await leads.press('Digit2');
    const follows = paneOf(first);
    const isAlike = async () => JSON.stringify(await follows.viewport()) === JSON.stringify(await leads.viewport());
    await follows.whenFull();
    await eventually('the watcher sees the same', isAlike);
    await leads.drag([0.4, 0.4], [0.5, 0.45]);
    await eventually('and follows', isAlike);
    assert.equal(await first.page.getByTestId('take-over').count(), 0, 'a watcher does not lead');
    // Looking around on one's own, and back.
    await first.page.getByTestId('look-freely').click();
    await follows.press('ArrowUp');
    assert.equal(await isAlike(), false);
    await first.page.getByTestId('snap-back').click();
    await eventually('back at the presenter', isAlike);
    await second.page.reload();
    await assertSamePicture(follows, paneOf(second), 'whoever comes later');
    // Another is shown, and what somebody still looks at on their own is withdrawn.
    await first.page.getByTestId('look-freely').click();
    await desk.page.getByTestId('thumbnail').last().click();
    const stage = ({ page }: Person, kind: string) =>
      page.locator(`[data-testid="review-lightbox"][data-kind="${kind}"]`);
    await stage(second, 'ecg').waitFor();
    assert.equal(await stage(first, 'imaging').isVisible(), true);
    const params = { demonstrationId, materialId: ctId };
    await world.advocate.client.call('demonstration:withdraw-check', { params });
    await stage(first, 'imaging').waitFor({ state: 'detached' });
    await desk.page.getByTestId('showing-stop').click();
    for (const { page } of [first, second]) await page.getByTestId('showing').waitFor({ state: 'detached' });
    await desk.page.getByTestId('showing-close').click();
    await shows(second, 'field');
  });

  it('shows what the moderator draws on the picture to every watcher, at the same place of it, and not over a cut', async () => {
    const [, desk, first, second] = people as [Person, Person, Person, Person];
    const layer = ({ page }: Person) => page.getByTestId('program').getByTestId('field-layer').first();
    assert.equal(await first.page.getByTestId('field-tools').count(), 0, 'a watcher does not draw');
    await desk.page
      .getByTestId('field-tools')
      .getByRole('button', { name: zh('showing:field.arrow') })
      .click();
    const at = (x: number, y: number) => layer(desk).evaluate(toScreen, { x, y });
    const [from, to] = [await at(0.25, 0.5), await at(0.5, 0.75)];
    await desk.page.mouse.move(from.x, from.y);
    await desk.page.mouse.down();
    await desk.page.mouse.move(to.x, to.y, { steps: 4 });
    await desk.page.mouse.up();
    for (const watcher of [first, second]) {
      const stroke = layer(watcher).getByTestId('field-stroke');
      await stroke.waitFor({ state: 'attached' });
      const ends = async () =>
        (await stroke.locator('path').last().getAttribute('d'))?.match(/[\d.]+/g)?.map(Number) ?? [];
      await eventually('it lies where it was drawn', async () => {
        const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = await ends();
        const parts = [x1 / 1920, y1 / 1080, x2 / 1920, y2 / 1080];
        return [0.25, 0.5, 0.5, 0.75].every((part, index) => Math.abs(part - (parts[index] ?? 0)) < 0.01);
      });
    }
    await desk.page
      .getByTestId('field-tools')
      .getByRole('button', { name: zh('showing:field.arrow') })
      .click();
  });

  it('is black at a cut, says so, and goes on by itself', async () => {
    const [, desk, first, second] = people as [Person, Person, Person, Person];
    await desk.page.getByRole('button', { name: zh('theatre:cut.all') }).click();
    for (const watcher of [first, second]) {
      await watcher.page.locator('[data-testid="cut-slate"][data-cut="both"]').waitFor();
      assert.equal(await watcher.page.getByTestId('field-stroke').count(), 0, 'nor what was drawn');
      await shows(watcher, 'black');
      assert.equal(await program(watcher).getAttribute('data-shown'), 'cut');
    }
    // Ending a cut takes two presses.
    await desk.page.getByRole('button', { name: zh('theatre:cut.resume'), exact: true }).click();
    await desk.page.getByRole('button', { name: zh('theatre:cut.confirmResume') }).click();
    await first.page.getByTestId('cut-slate').waitFor({ state: 'hidden' });
    for (const watcher of [first, second]) await shows(watcher, 'field');
  });

  it('lets a watcher be heard whom the moderator gives the word, until it is taken or given back', async () => {
    const [, desk, first, second] = people as [Person, Person, Person, Person];
    const voice = first.page.getByTestId('own-voice');
    const heard = second.page.locator('.hall-speakers li[data-off="false"]', { hasText: '林一' });
    const take = desk.page.getByRole('button', { name: `${zh('demonstrationHall:desk.take')} 林一` });
    const giveBack = voice.getByRole('button', { name: zh('demonstrationHall:voice.giveBack') });
    for (const end of [take, giveBack]) {
      await desk.page.getByRole('button', { name: `${zh('demonstrationHall:desk.give')} 林一` }).click();
      await voice.getByRole('button', { name: zh('demonstrationHall:voice.open') }).click();
      await heard.waitFor();
      await eventually('the voice is heard', () => second.page.evaluate(hearsTwo));
      await shows(first, 'field');
      await end.click();
      for (const one of [voice, heard]) await one.waitFor({ state: 'hidden' });
    }
    await desk.page.getByTestId('desk-voices').locator('li').waitFor({ state: 'detached' });
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
