import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { Shape } from '../../server/contract/review.ts';
import { carrySession, launchBrowser, openPerson, type Person } from '../support/browser.ts';
import { draftCase } from '../support/case-journey.ts';
import type { Client } from '../support/client.ts';
import { readData } from '../support/data.ts';
import { eventually } from '../support/eventually.ts';
import { CT_SERIES, listData, uploadFile } from '../support/images.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { deskOf, factsOf, type Kind, type Place, pointAlike, type SharedDesk } from './shared-desk.ts';
import { documentFiles, proveSharedDocuments } from './shared-documents.ts';

describe('every kind of picture in one shared review, two people with windows of unequal size', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let browser: Browser;
  let consultationId: string;
  let specialist: Client;
  let county: Person;
  let expert: Person;
  let mine: SharedDesk;
  let theirs: SharedDesk;

  before(async () => {
    server = await startServer();
    const doctor = await server.signIn('county-doctor');
    specialist = await server.signIn('specialist');
    ({ consultationId } = await draftCase(doctor));
    const params = { consultationId };
    const ct = (await listData(CT_SERIES)).slice(0, 3);
    for (const path of [...ct, 'dicom/waveform/ecg_12lead.dcm', 'pathology/CMU-1-Small-Region.svs'])
      await uploadFile(doctor, consultationId, await readData(path));
    for (const file of await documentFiles()) await uploadFile(doctor, consultationId, file);
    const { version } = await doctor.call('consultation:read', { params });
    const submitted = await doctor.call('consultation:submit', { params, body: { version } });
    await specialist.call('consultation:accept', { params, body: { version: submitted.version } });
    await specialist.call('call:start', { params });
    browser = await launchBrowser();
    expert = await enter(specialist.cookie, { width: 1920, height: 1080 });
    mine = deskOf(expert);
    await mine.whenFull('imaging');
    county = await enter(doctor.cookie, { width: 1366, height: 768 });
    theirs = deskOf(county);
    await theirs.whenFull('imaging');
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  async function enter(cookie: string, size: { width: number; height: number }): Promise<Person> {
    const person = await openPerson(browser, server.url, size);
    await carrySession(person.context, cookie, server.url);
    await person.page.goto(`/consultations/${consultationId}/room`);
    await person.page.getByTestId('room-enter').click();
    await person.page.getByTestId('room').waitFor();
    return person;
  }
  const together = (what: string) =>
    eventually(`${what}: both see the same`, async () => {
      const [one, other] = [await mine.viewport(), await theirs.viewport()];
      return one !== null && one !== '' && one === other && (await mine.kind()) === (await theirs.kind());
    });
  const goTo = async (kind: Kind): Promise<void> => {
    if ((await mine.kind()) !== kind) await mine.open(kind);
    await mine.whenFull(kind);
    await theirs.whenFull(kind);
    await together(kind);
  };
  /** The shapes that the server keeps of a kind. */
  const kept = async (kind: Shape['kind']): Promise<Shape[]> => {
    const annotations = await server.database.read.review.listAnnotationsSince(consultationId, 0);
    return annotations.flatMap(({ shape }) => (shape?.kind === kind ? [shape] : []));
  };
  const sameOnBothSides = async (kind: Shape['kind'], values: string[]) => {
    await theirs.annotations(kind).first().waitFor();
    await eventually(`${kind}: the same values on both sides`, async () => {
      const [one, other] = [
        await factsOf(mine.annotations(kind).first()),
        await factsOf(theirs.annotations(kind).first()),
      ];
      assert.deepEqual(Object.keys(one).sort(), Object.keys(other).sort());
      return JSON.stringify(one) === JSON.stringify(other) && one['data-revision'] !== '0';
    });
    const found = await factsOf(theirs.annotations(kind).first());
    for (const name of values) assert.ok(Number.isFinite(Number(found[`data-${name}`])), `${kind} has ${name}`);
    return found;
  };
  const pointsAlike = (at: Place) => pointAlike(mine, theirs, at);

  it('the presenter’s switch from the CT to the ECG to the slide and back takes the follower along', async () => {
    for (const kind of ['ecg', 'pathology', 'imaging', 'pathology', 'ecg'] as const) {
      await goTo(kind);
      assert.equal(await theirs.kind(), kind);
      await eventually('everybody sees that both have it at full quality', async () => {
        const peers = county.page.locator('[data-testid="peer"][data-state="full"]');
        return (await peers.count()) === 2;
      });
    }
  });

  it('an ECG’s calipers, QT, arrow and pointer appear on the other side at the same millisecond and microvolt', async () => {
    await goTo('ecg');
    await mine.press('3');
    await together('twelve leads below each other');
    const pointed = await pointsAlike([0.3, 0.3]);
    await mine.press('c');
    await mine.drag([0.3, 0.3], [0.38, 0.3]);
    const caliper = await sameOnBothSides('caliper', ['duration', 'rate-if-rr', 'amplitude']);
    const [kaliper] = await kept('caliper');
    assert.ok(kaliper?.kind === 'caliper');
    assert.ok(Math.abs(Number(caliper['data-duration']) - Math.abs(kaliper.end.x - kaliper.start.x)) < 0.01);
    assert.ok(Math.hypot(pointed.x - kaliper.start.x, pointed.y - kaliper.start.y) < 0.01, 'where it was pointed');
    await mine.press('/');
    await eventually('the march-out is seen on the other side', async () => {
      const marks = theirs.annotations('caliper').first().getByTestId('annotation-marks');
      return Number(await marks.getAttribute('data-count')) > 2;
    });
    await mine.press('Escape', 'Escape');
    await mine.press('q');
    await mine.click([0.3, 0.75], [0.36, 0.75], [0.39, 0.75]);
    await sameOnBothSides('qt', ['qt', 'rr', 'qtc-bazett', 'qtc-fridericia']);
    await mine.press('Escape', 'Escape', 't');
    await mine.drag([0.5, 0.6], [0.55, 0.66]);
    await expert.page.keyboard.type('ST 抬高');
    await expert.page.keyboard.press('Enter');
    await theirs.annotations('arrow').locator('tspan', { hasText: 'ST 抬高' }).waitFor();
    await mine.press('Escape', 'Escape');
    assert.equal((await kept('qt')).length, 1);
  });

  it('a slide’s length, ellipse, polygon, arrow and pointer appear on the other side at the same pixel, turned too', async () => {
    await goTo('pathology');
    await mine.press('.');
    await together('turned');
    const pointed = await pointsAlike([0.4, 0.4]);
    await mine.press('l');
    await mine.drag([0.4, 0.4], [0.5, 0.45]);
    await sameOnBothSides('length', ['length']);
    const [length] = await kept('length');
    assert.ok(length?.kind === 'length');
    assert.ok(Math.hypot(pointed.x - length.start.x, pointed.y - length.start.y) < 0.01, 'where it was pointed');
    await mine.press('Escape', 'Escape', 'e');
    await mine.drag([0.42, 0.5], [0.5, 0.6]);
    await sameOnBothSides('ellipse', ['area']);
    await mine.press('Escape', 'Escape', 'y');
    await mine.click([0.55, 0.4], [0.6, 0.42], [0.58, 0.5], [0.55, 0.4]);
    const polygon = await sameOnBothSides('polygon', ['area', 'perimeter']);
    assert.ok(Number(polygon['data-area']) > 0);
    const [shape] = await kept('polygon');
    assert.ok(shape?.kind === 'polygon' && shape.points.length === 3);
    await mine.press('Escape', 'Escape', 't');
    await mine.drag([0.45, 0.65], [0.5, 0.7]);
    await expert.page.keyboard.type('腺体');
    await expert.page.keyboard.press('Enter');
    await theirs.annotations('arrow').locator('tspan', { hasText: '腺体' }).waitFor();
    await mine.press('Escape', 'Escape');
  });

  it('either side takes over and leads on: what the county physician moves the specialist follows', async () => {
    await county.page.getByTestId('take-over').click();
    await expert.page.getByTestId('grant').click();
    await theirs.open('ecg');
    await mine.whenFull('ecg');
    await together('led by the other side');
    await expert.page.getByTestId('take-over').click();
    await county.page.getByTestId('grant').click();
    await eventually(
      'the role is back',
      async () => (await expert.page.getByTestId('presenter-bar').getAttribute('data-presenting')) === 'true',
    );
  });

  it('all of it is there after a reload, on the picture that is being shown', async () => {
    await goTo('pathology');
    await county.page.reload();
    await county.page.getByTestId('room-enter').click();
    await theirs.whenFull('pathology');
    await together('after the reload');
    for (const kind of ['length', 'ellipse', 'polygon', 'arrow'] as const) {
      assert.equal(await theirs.annotations(kind).count(), 1, kind);
    }
    await goTo('ecg');
    for (const kind of ['caliper', 'qt', 'arrow'] as const)
      assert.equal(await theirs.annotations(kind).count(), 1, kind);
  });

  it('key images of all three come into the opinion, at full quality, with what was measured', async () => {
    await goTo('imaging');
    await theirs.press('l');
    await theirs.drag([0.4, 0.4], [0.6, 0.4]);
    await mine.annotations('length').waitFor();
    for (const [index, kind] of (['imaging', 'ecg', 'pathology'] as const).entries()) {
      await goTo(kind);
      await mine.press('k');
      const choice = expert.page.getByTestId('key-image-dialog');
      const chosen = await choice
        .getByTestId('key-image-mark')
        .evaluateAll((all) => all.map((each) => each instanceof HTMLInputElement && each.checked));
      assert.deepEqual([...new Set(chosen)], [kind !== 'imaging'], 'one’s own are chosen, another’s are not');
      await expert.page.keyboard.press('Enter');
      await eventually(`${kind}: kept`, async () => {
        const { draft } = await draftOf();
        return draft.keyImages.length === index + 1;
      });
    }
    const { draft } = await draftOf();
    assert.deepEqual(
      draft.keyImages.map(({ target }) => target.kind),
      ['imaging', 'ecg', 'pathology'],
    );
    const [ct, ecg, slide] = draft.keyImages;
    assert.deepEqual([ct?.annotations, ct?.measurements], [[], []], 'nothing of the other side lies in it unasked');
    assert.ok(
      ecg && ecg.heightPx >= 1000 && ecg.measurements.some((text) => text.includes('QTc')),
      JSON.stringify(ecg?.measurements),
    );
    assert.ok(
      slide && slide.heightPx >= 1000 && slide.measurements.some((text) => text.includes('µm')),
      JSON.stringify(slide?.measurements),
    );
  });

  it('whoever may look but not annotate measures for themselves: nobody else sees it, and it goes with the page', async () => {
    const coordinator = await server.signIn('coordinator');
    const person = await look(coordinator.cookie);
    const desk = deskOf(person);
    await desk.whenFull('imaging');
    const before = (await kept('length')).length;
    await desk.press('l');
    await desk.drag([0.4, 0.4], [0.6, 0.4]);
    const own = desk.lightbox.locator('[data-testid="annotation"][data-local]');
    await own.waitFor();
    assert.equal(await own.getAttribute('data-local'), '');
    assert.ok(Number(await own.getAttribute('data-length')) > 10);
    await person.page.getByTestId('marks-local').waitFor();
    assert.equal(await person.page.getByTestId('take-key-image').count(), 0, 'there is no opinion to put it into');
    await person.page.keyboard.press('Control+z');
    await own.waitFor({ state: 'detached' });
    await person.page.keyboard.press('Control+y');
    await own.waitFor();
    assert.equal((await kept('length')).length, before);
    assert.deepEqual(person.faults, []);
    await person.context.close();
  });

  it('a key image can be taken where the pictures are looked at alone, without a call', async () => {
    const { keyImages } = (await draftOf()).draft;
    const person = await look(specialist.cookie);
    await deskOf(person).whenFull('imaging');
    await deskOf(person).press('k');
    await person.page.getByTestId('key-image-mark').check();
    await person.page.getByTestId('key-image-take').click();
    await eventually('kept', async () => (await draftOf()).draft.keyImages.length === keyImages.length + 1);
    const kept = (await draftOf()).draft.keyImages.at(-1);
    assert.deepEqual(
      kept?.annotations.map(({ authorName }) => authorName),
      ['李春梅'],
      'what was drawn by the other side and chosen bears its author',
    );
    await person.context.close();
  });

  async function look(cookie: string): Promise<Person> {
    const person = await openPerson(browser, server.url, { width: 1366, height: 768 });
    await carrySession(person.context, cookie, server.url);
    await person.page.goto(`/consultations/${consultationId}/images`);
    return person;
  }
  async function draftOf() {
    return { draft: await specialist.call('opinion:read', { params: { consultationId } }) };
  }

  proveSharedDocuments(() => ({ expert, mine, theirs, goTo, together, kept, pointsAlike, draftOf }));

  it('nothing on the way was reported as a fault by either page', () => {
    assert.deepEqual([...expert.faults, ...county.faults], []);
  });
});
