import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type ShowingSnapshot, showingAt } from '../../../server/contract/index.ts';
import { enterPerson } from '../../support/add-person.ts';
import type { Connection } from '../../support/connect.ts';
import { readData } from '../../support/data.ts';
import {
  type DemonstrationWorld,
  type Entered,
  enrolIn,
  HOME,
  INVITED,
  placeDemonstration,
  seatsOf,
} from '../../support/demonstration-world.ts';
import { eventually } from '../../support/eventually.ts';
import { uploadFile } from '../../support/images.ts';
import { chineseAt, pdfByHand } from '../../support/pdf-by-hand.ts';
import { createRandom } from '../../support/random.ts';
import { line, openShowingWorld, refusalOf, type ShowingWorld, uid, viewportOf } from '../../support/showing-world.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('what is handed out of a demonstration’s pictures, and kept', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let world: DemonstrationWorld;
  let watcher: Entered;
  let shown: ShowingWorld;

  before(async () => {
    server = await startServer({ isHallReady: () => true });
    shown = await openShowingWorld(server);
    ({ world, watcher } = shown);
  });
  after(() => server?.close());
  beforeEach(() => shown.begin());
  afterEach(() => shown.closeWindows());

  it('[SH6] hands out copies that name nobody, whole objects to nobody, and notes each person once', async () => {
    const { demonstrationId } = shown;
    const { window: surgeon } = await shown.enter(world.surgeon);
    // Nobody whom an earlier test has noted.
    const reader = await enterPerson(server, 'trainee', INVITED);
    await enrolIn(world, demonstrationId, reader);
    await shown.enter(reader.client);
    await surgeon.request('showing:present', { demonstrationId });
    await shown.move(surgeon, viewportOf(71, 1));
    const { material } = await shown.open(surgeon);
    assert.doesNotMatch(JSON.stringify(material), /Zhang|P-4711/);
    const { studyInstanceUid, seriesInstanceUid } = uid(71);
    const root = `/dicomweb/demonstrations/${demonstrationId}/studies/${studyInstanceUid}`;
    const answered = await reader.client.fetch(`${root}/series/${seriesInstanceUid}/metadata`);
    const text = await answered.text();
    assert.equal(answered.status, 200, text);
    assert.doesNotMatch(text, /Zhang|P-4711|19491231|"001000/);
    const [first] = JSON.parse(text) as Record<string, { Value: unknown[] }>[];
    assert.deepEqual(first?.['00280010']?.Value, [64], 'what draws the picture is there');
    for (const path of [root, `${root}/series/${seriesInstanceUid}`, `${root}/series`]) {
      const whole = await reader.client.fetch(path);
      assert.equal(whole.status, 404, path);
      assert.doesNotMatch(await whole.text(), /Zhang/);
    }
    for (let time = 0; time < 3; time += 1) {
      const frame = await shown.frame(reader.client, 71);
      assert.equal(frame.status, 200);
      // The right ends within a second: no copy is used without asking.
      assert.equal(frame.headers.get('cache-control'), 'private, no-cache');
    }
    const { audit } = server.database.read;
    const reads: string[] = [];
    for await (const one of audit.walkAccesses((await audit.accessHead()).sequence))
      if (one.actorId === reader.accountId && one.basis === 'demonstration') reads.push(one.subjectKind);
    assert.deepEqual(reads.sort(), ['series', 'showing']);
  });

  it('[SH6] hands a picture that is not shown to those who may show alone, while another is shown', async () => {
    await shown.begin(true);
    const { demonstrationId } = shown;
    const { window: surgeon, snapshot } = await shown.enter(world.surgeon);
    assert.equal(snapshot.pictures.length, 2);
    await surgeon.request('showing:present', { demonstrationId });
    await shown.move(surgeon, viewportOf(71, 1));
    const statusOf = async (client: typeof world.surgeon, series: number) => (await shown.frame(client, series)).status;
    assert.deepEqual([await statusOf(watcher.client, 71), await statusOf(watcher.client, 72)], [200, 404]);
    assert.equal(await statusOf(world.surgeon, 72), 200);
    await shown.move(surgeon, viewportOf(72, 1));
    assert.deepEqual([await statusOf(watcher.client, 71), await statusOf(watcher.client, 72)], [404, 200]);
  });

  it('[SH6] hands an ECG and a slide to a watcher under the demonstration’s address while they are shown, and no longer', async () => {
    const { consultationId, doctor, ethics, surgeonId } = world;
    for (const path of ['dicom/waveform/ecg_12lead.dcm', 'pathology/CMU-1-Small-Region.svs'])
      await uploadFile(doctor, consultationId, await readData(path));
    const { materials } = await doctor.call('consultation:read', { params: { consultationId } });
    const ecg = materials.find(({ kind }) => kind === 'ecg');
    const slide = materials.find(({ kind }) => kind === 'pathology');
    assert.ok(ecg?.kind === 'ecg' && slide?.kind === 'pathology');
    const check = { listedBy: surgeonId, checkedBy: ethics.accountId, checkedAt: new Date().toISOString() };
    const { demonstrationId } = await placeDemonstration(world, 'live', {
      materials: [ecg, slide].map(({ materialId, kind }) => ({
        ...{ materialId, ...check },
        checkedCount: kind === 'ecg' ? 1 : 0,
      })),
    });
    await enrolIn(world, demonstrationId, watcher);
    const show = (materialId: string | null) =>
      server.database.write(async ({ showings }) =>
        showings.save({ ...(await showings.find(demonstrationId)), materialId }),
      );
    const statuses = () =>
      Promise.all(
        [`ecgs/${ecg.records[0]?.recordId}`, `slides/${slide.slides[0]?.slideId}`].map(
          async (path) => (await watcher.client.fetch(`/api/demonstrations/${demonstrationId}/${path}`)).status,
        ),
      );
    assert.deepEqual(await statuses(), [404, 404]);
    await show(ecg.materialId);
    assert.deepEqual(await statuses(), [200, 404]);
    await show(slide.materialId);
    await eventually('the slide alone', async () => (await statuses()).join() === '404,200');
  });

  it('[SH8] lets strokes be drawn on the live picture, which all see at once, and which a cut takes off', async () => {
    const { demonstrationId } = shown;
    const { window: surgeon } = await shown.enter(world.surgeon);
    const { window } = await shown.enter(watcher.client);
    const track = { accountId: world.surgeonId, source: 'field' as const, label: null };
    const piece = (from: number, x: number) => ({
      ...{ demonstrationId, strokeId: world.surgeonId, track, shape: 'stroke' as const, from },
      points: [{ x, y: 0.25 }],
    });
    assert.match(await refusalOf(window.request('field:draw', piece(0, 0.5))), /forbidden/);
    assert.match(await refusalOf(window.request('field:clear', { demonstrationId })), /forbidden/);
    await surgeon.request('field:draw', piece(0, 0.5));
    await surgeon.request('field:draw', piece(1, 0.75));
    const told = [await window.next('field:drawn'), await window.next('field:drawn')];
    assert.deepEqual(
      told.map(({ accountId, from, points }) => [accountId, from, points[0]?.x]),
      [
        [world.surgeonId, 0, 0.5],
        [world.surgeonId, 1, 0.75],
      ],
    );
    const late = await shown.enter(world.expert.client);
    assert.deepEqual(late.snapshot.strokes[0]?.points, [
      { x: 0.5, y: 0.25 },
      { x: 0.75, y: 0.25 },
    ]);
    await shown.open(window);
    assert.equal(showingAt(await shown.listEvents(), Date.now()).strokes[0]?.points.length, 2);
    // Without any hall the sfu has nothing to cut: the order is kept all the same.
    const cut = { params: { demonstrationId }, body: { picture: true, sound: false } };
    await world.nurse.client.ask('demonstration:cut', cut);
    await window.next('field:cleared');
    assert.deepEqual((await shown.open(window)).strokes, []);
  });

  it('[SH7] can be drawn anew from its events as it was at any instant', async () => {
    const { demonstrationId } = shown;
    const { next } = createRandom(20_261_201);
    const { window: surgeon } = await shown.enter(world.surgeon);
    const { window: moderator } = await shown.enter(world.moderator.client);
    const { window } = await shown.enter(watcher.client);
    const marks: { annotationId: string; by: Connection }[] = [];
    const seen: { atMs: number; snapshot: ShowingSnapshot }[] = [];
    const target = viewportOf(71, 1).target;
    let leader = surgeon;
    await leader.request('showing:present', { demonstrationId });
    for (let turn = 0; turn < 60; turn += 1) {
      const draw = next();
      if (draw < 0.5) await shown.move(leader, viewportOf(71, 1 + Math.floor(next() * 3), Math.floor(next() * 64)));
      else if (draw < 0.7) {
        const annotationId = randomUUID();
        const mark = { target, shape: line(next() * 60) };
        await leader.request('showing:mark', { demonstrationId, annotationId, mark, actId: randomUUID() });
        marks.push({ annotationId, by: leader });
      } else if (draw < 0.8 && marks.length > 0) {
        const [gone] = marks.splice(Math.floor(next() * marks.length), 1);
        if (gone)
          await gone.by.request('showing:mark', {
            demonstrationId,
            annotationId: gone.annotationId,
            mark: null,
            actId: randomUUID(),
          });
      } else if (draw < 0.9) {
        leader = leader === surgeon ? moderator : surgeon;
        await leader.request('showing:present', { demonstrationId });
      } else if (draw < 0.95) {
        await leader.request('showing:stop', { demonstrationId });
        await leader.request('showing:present', { demonstrationId });
      }
      // Twenty instants, and what a window that came in then was given.
      if (turn % 3 !== 2) continue;
      const snapshot = await shown.open(window);
      const atMs = Date.now();
      seen.push({ snapshot, atMs });
      await eventually('whatever comes next comes later', () => Date.now() > atMs);
    }
    const events = await shown.listEvents();
    assert.equal(seen.length, 20);
    for (const { atMs, snapshot } of seen) {
      const drawn = showingAt(events, atMs);
      assert.equal(drawn.materialId, snapshot.material?.materialId ?? null);
      assert.equal(drawn.presenterId, snapshot.presenter?.accountId ?? null);
      assert.deepEqual(drawn.viewport, snapshot.viewport);
      if (snapshot.material === null) continue;
      const live = snapshot.marks.filter(({ shape }) => shape !== null);
      assert.deepEqual(
        [...drawn.marks.values()].map(({ annotationId, shape }) => [annotationId, shape]).sort(),
        live.map(({ annotationId, shape }) => [annotationId, shape]).sort(),
      );
    }
  });

  it('[DM5] no PDF is shown that names the patient, be it where nobody sees it', async () => {
    const { consultationId, doctor, surgeonId } = world;
    const specialist = await server.signIn('specialist');
    const { accountId } = (await specialist.call('session:read')).person;
    const holder = { seat: 'nurse' as const, accountId, facilityId: HOME };
    const seats = [...seatsOf(world).filter(({ seat }) => seat !== 'nurse'), holder];
    const check = async (content: string) => {
      const pdf = pdfByHand({ pages: [{}, { content }] });
      const attached = async () => {
        const { materials } = await doctor.call('consultation:read', { params: { consultationId } });
        return materials.filter(({ kind }) => kind === 'documents').map(({ materialId }) => materialId);
      };
      const before = await attached();
      await uploadFile(doctor, consultationId, pdf);
      const materialId = (await attached()).find((id) => !before.includes(id)) ?? assert.fail();
      const listed = { materialId, listedBy: surgeonId, checkedBy: null, checkedAt: null, checkedCount: 0 };
      const { demonstrationId } = await placeDemonstration(world, 'planned', { materials: [listed], seats });
      const params = { demonstrationId, materialId };
      const answer = await specialist.ask('demonstration:check-material', {
        params,
        body: { version: 1, pictureCount: 1 },
      });
      return { ...answer, checked: { ...listed, checkedBy: accountId, checkedAt: new Date().toISOString() } };
    };
    const unseen = await check(`3 Tr ${chineseAt(50, 700, 1, '张 建 国')}`);
    assert.equal(unseen.status, 400);
    assert.match(JSON.stringify(unseen), /file-names-patient/);
    const other = await check(chineseAt(50, 700, 20, '肺段切除'));
    assert.equal(other.status, 200);
    // Checked before it was read for names, or before the patient was called so.
    const materials = [unseen.checked, other.checked];
    const { demonstrationId } = await placeDemonstration(world, 'live', { materials, seats });
    const stillChecked = async () => {
      const stored = await server.database.read.demonstrations.find(demonstrationId);
      return stored?.materials.map(({ checkedBy }) => checkedBy !== null).join();
    };
    await eventually('the older check is taken back', async () => (await stillChecked()) === 'false,true');
    const subject = { subjectKind: 'demonstration', subjectId: demonstrationId };
    const [act] = await server.database.read.audit.listOfSubject(subject, { limit: 1 });
    assert.equal(act?.detail['reason'], 'file-names-patient');
    // What was taken out of the case since can be checked by nobody, and is not waited for.
    const open = { ...unseen.checked, checkedBy: null, checkedAt: null };
    const gone = { ...open, materialId: randomUUID() };
    const planOf = async (shown: (typeof open)[]) => {
      const { demonstrationId } = await placeDemonstration(world, 'planned', { materials: shown, seats });
      const params = { demonstrationId, materialId: gone.materialId };
      const { plan } = await world.surgeon.call('demonstration:read', { params });
      const body = { version: 1, pictureCount: 1 };
      const { status } = await specialist.ask('demonstration:check-material', { params, body });
      return [status, plan?.gaps.includes('materials-unchecked')];
    };
    assert.deepEqual(await planOf([open, gone]), [404, true]);
    assert.deepEqual(await planOf([gone]), [409, false]);
  });

  it('[SH6] is nothing to a watcher whose part in it is over: who leaves it, when it ends, when the patient takes the consent back', async () => {
    const { demonstrationId } = shown;
    const { doctor, moderator } = world;
    const { window: surgeon } = await shown.enter(world.surgeon);
    await surgeon.request('showing:present', { demonstrationId });
    await shown.move(surgeon, viewportOf(71, 1));
    const { window } = await shown.enter(watcher.client);
    const stays = await enterPerson(server, 'trainee', INVITED);
    await enrolIn(world, demonstrationId, stays);
    const { window: other } = await shown.enter(stays.client);
    for (const { client } of [watcher, stays]) assert.equal((await shown.frame(client, 71)).status, 200);
    const params = { demonstrationId };
    await watcher.client.call('demonstration:withdraw', { params });
    await eventually('they are refused', async () => (await shown.frame(watcher.client, 71)).status === 404);
    assert.match(await refusalOf(shown.open(window)), /forbidden/);
    await shown.move(surgeon, viewportOf(71, 2, 51));
    await other.next('showing:moved', ({ viewport }) => 'center' in viewport && viewport.center.x === 51);
    assert.ok(!JSON.stringify(window.pending('showing:moved')).includes('"x":51'), 'their window hears nothing more');
    const { consultationId } = world;
    const body = { scopes: ['teach' as const], askedBy: 'patient' as const, askedByName: '', reason: '不愿公开' };
    await doctor.call('consent:withdraw', { params: { consultationId }, body });
    for (const client of [stays.client, moderator.client, world.surgeon])
      await eventually('all are refused', async () => (await shown.frame(client, 71)).status === 404);
    for (const one of [other, surgeon]) assert.match(await refusalOf(shown.open(one)), /not-found|forbidden|conflict/);
    assert.match(await refusalOf(surgeon.request('showing:present', { demonstrationId })), /not-found|conflict/);
    await shown.begin();
    assert.equal((await shown.frame(stays.client, 71)).status, 404, 'nor is another demonstration theirs');
  });
});
