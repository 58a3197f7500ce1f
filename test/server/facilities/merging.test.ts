import assert from 'node:assert/strict';
import { demoFacilityId } from '../../../server/demo/facilities.ts';
import { DEMO_PASSWORD, demoFacilities } from '../../../server/demo/network.ts';
import { addAdministrator } from '../../support/add-administrator.ts';
import { acceptCase, acceptWritten } from '../../support/case-journey.ts';
import { submitDraft } from '../../support/cases.ts';
import type { Client, RefusedError } from '../../support/client.ts';
import { facilityDraft, placeAgreement, placeFacility } from '../../support/facility-world.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const COUNTY = demoFacilities.county.facilityId;
const PROVINCE = demoFacilities.province.facilityId;

/** The specialist writes and signs. */
async function signOpinion(specialist: Client, consultationId: string): Promise<void> {
  const params = { consultationId };
  const { version } = await specialist.call('opinion:read', { params });
  const diagnosis = [{ code: 'R91', display: '肺结节' }];
  const body = { version, findings: '右肺上叶结节。', diagnosis, recommendations: [], keyImages: [] };
  const saved = await specialist.call('opinion:save', { params, body });
  await specialist.call('report:sign', { params, body: { version: saved.version, password: DEMO_PASSWORD } });
}

describe('facilities that move, close and merge', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let platform: Client;
  let doctor: Client;
  let specialist: Client;

  beforeEach(async () => {
    server = await startServer();
    [platform, doctor, specialist] = (await Promise.all(
      ['admin', 'county-doctor', 'specialist'].map((account) => server.signIn(account)),
    )) as [Client, Client, Client];
  });
  afterEach(() => server?.close());

  const read = (facilityId: string) => platform.call('facility:read', { params: { facilityId } });
  async function rename(facilityId: string, name: string): Promise<void> {
    const { draft, version } = await read(facilityId);
    await platform.call('facility:save', { params: { facilityId }, body: { ...draft, name, version } });
  }
  async function merge(facilityId: string, intoId: string) {
    const { version } = await read(facilityId);
    return platform.call('facility:merge', {
      params: { facilityId },
      body: { version, intoId, reason: '紧密型医共体改革' },
    });
  }

  it('[FA2] a county moves below another city with open cases, which go on as they were', async () => {
    const { consultationId } = await acceptCase(doctor, specialist);
    const params = { consultationId };
    const before = await doctor.call('consultation:read', { params });
    const { version } = await read(COUNTY);
    const body = { version, parentId: demoFacilityId(12) };
    const moved = await platform.call('facility:move', { params: { facilityId: COUNTY }, body });
    assert.equal(moved.parent?.facilityId, demoFacilityId(12));
    assert.deepEqual(await doctor.call('consultation:read', { params }), before);
    const circle = { version: (await read(PROVINCE)).version, parentId: COUNTY };
    const refused = await platform.ask('facility:move', { params: { facilityId: PROVINCE }, body: circle });
    assert.deepEqual([refused.status, (refused.body as { reason: string }).reason], [409, 'facility-circular']);
  });

  it('[FA2] two moves at once that would make a circle together do not both happen', async () => {
    const one = await placeFacility(server, PROVINCE);
    const other = await placeFacility(server, PROVINCE);
    const move = (facilityId: string, parentId: string) =>
      platform.ask('facility:move', { params: { facilityId }, body: { version: 1, parentId } });
    const answers = await Promise.all([move(one, other), move(other, one)]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  });

  it('[FA4] cases show the facilities as they were called when they were sent', async () => {
    const sent = await acceptWritten(doctor, specialist);
    const names = { requester: sent.requester.facilityName, invited: sent.invitedFacility?.name };
    await rename(COUNTY, '青溪县总医院');
    const now = await doctor.call('consultation:read', { params: { consultationId: sent.consultationId } });
    assert.deepEqual({ requester: now.requester.facilityName, invited: now.invitedFacility?.name }, names);
    assert.equal((await doctor.call('session:read')).person.facilityName, '青溪县总医院');
    const next = await acceptWritten(doctor, specialist);
    assert.equal(next.requester.facilityName, '青溪县总医院');
  });

  it('[FA4] a merger hands people and open cases over; what is finished keeps the old name', async () => {
    const finished = await acceptWritten(doctor, specialist);
    await signOpinion(specialist, finished.consultationId);
    const params = { consultationId: finished.consultationId };
    const report = await doctor.call('report:read', { params });
    await doctor.call('report:acknowledge', { params, body: { version: report.content.version, adoptions: [] } });
    const open = await acceptWritten(doctor, specialist);
    const waiting = await submitDraft(doctor, (await doctor.call('consultation:create')).consultationId);
    const { name: oldName } = (await read(COUNTY)).draft;
    const township = demoFacilityId(31);
    const administrator = await addAdministrator(server, COUNTY);

    const merged = await merge(COUNTY, demoFacilityId(21));
    assert.deepEqual([merged.status, merged.mergedInto?.facilityId], ['merged', demoFacilityId(21)]);
    const { name: newName } = (await read(demoFacilityId(21))).draft;
    assert.equal((await doctor.call('session:read')).person.facilityName, newName);
    assert.equal((await read(township)).parent?.facilityId, demoFacilityId(21));

    const old = await doctor.call('consultation:read', { params });
    assert.equal(old.requester.facilityName, oldName);
    assert.equal((await doctor.call('report:read', { params })).content.requester.facilityName, oldName);
    for (const { consultationId } of [open, waiting]) {
      const view = await doctor.call('consultation:read', { params: { consultationId } });
      assert.equal(view.requester.facilityName, newName);
      assert.ok(view.actions.includes('cancel'), 'it is still the requester’s');
    }
    // The physicians' new hospital took over the agreement: what they send next is sent by it.
    await signOpinion(specialist, open.consultationId);
    await submitDraft(doctor, (await doctor.call('consultation:create')).consultationId);
    // Who administered the merged one administers nothing of the other.
    assert.deepEqual(
      (await administrator.client.call('facilities:list')).map(({ facilityId }) => facilityId),
      [COUNTY],
    );
  });

  it('[FA4] agreements go over unless the other one has its own; a merger with the partner ends them', async () => {
    const own = await placeAgreement(server, demoFacilityId(21), PROVINCE);
    await merge(COUNTY, demoFacilityId(21));
    const states = async (facilityId: string) =>
      (await platform.call('agreements:list', { query: { facilityId, pageSize: '200' } })).agreements.filter(
        ({ invited }) => invited.facilityId === PROVINCE,
      );
    assert.deepEqual(
      (await states(demoFacilityId(21))).map(({ agreementId, state }) => [agreementId, state]),
      [[own, 'valid']],
    );
    assert.deepEqual(
      (await states(COUNTY)).map(({ state }) => state),
      ['ended'],
    );
    await merge(demoFacilityId(21), PROVINCE);
    const read = await platform.call('agreement:read', { params: { agreementId: own } });
    assert.equal(read.state, 'ended');
  });

  it('[FA5] a closed facility takes no new cases and finishes the open ones; what lies below keeps it open', async () => {
    const { consultationId } = await acceptWritten(doctor, specialist);
    const draft = await doctor.call('consultation:create');
    const close = async () => {
      const body = { version: (await read(COUNTY)).version, reason: '整体搬迁' };
      return platform.ask('facility:close', { params: { facilityId: COUNTY }, body });
    };
    assert.equal(((await close()).body as { reason: string }).reason, 'facility-has-others-below');
    for (const { facilityId, parentId } of await platform.call('facilities:list')) {
      if (parentId !== COUNTY) continue;
      const body = { version: (await read(facilityId)).version, parentId: demoFacilityId(12) };
      await platform.call('facility:move', { params: { facilityId }, body });
    }
    assert.equal((await close()).status, 200);
    await assert.rejects(
      submitDraft(doctor, draft.consultationId),
      (err: RefusedError) => err.failure.reason === 'facility-closed',
    );
    await signOpinion(specialist, consultationId);
    const body = { version: (await read(COUNTY)).version };
    await platform.call('facility:reopen', { params: { facilityId: COUNTY }, body });
    await submitDraft(doctor, draft.consultationId);
  });

  it('[FA3] a code is right or refused, and nobody else’s', async () => {
    const create = (uscc18: string) =>
      platform.ask('facility:create', { body: { ...facilityDraft({ uscc18 }), parentId: PROVINCE } });
    assert.equal((await create('12100000400000624D')).status, 201);
    const taken = await create('12100000400000624D');
    assert.deepEqual([taken.status, (taken.body as { reason: string }).reason], [409, 'code-taken']);
    const wrong = await create('12100000400000624E');
    assert.deepEqual([wrong.status, (wrong.body as { fields: string[] }).fields], [400, ['uscc18']]);
  });

  it('[FA6] each object tells who changed what, and the second of two editors is told', async () => {
    const { draft, version } = await read(COUNTY);
    const params = { facilityId: COUNTY };
    await platform.call('facility:save', { params, body: { ...draft, shortName: '青溪总院', version } });
    const late = await platform.ask('facility:save', { params, body: { ...draft, shortName: '青溪医院', version } });
    assert.deepEqual([late.status, (late.body as { reason: string }).reason], [409, 'version-outdated']);
    const [entry] = await platform.call('facility:history', { params });
    assert.equal(entry?.action, 'facility:save');
    assert.equal(entry?.actorName, '郑国强');
    assert.deepEqual(entry?.changes, [{ field: 'shortName', before: draft.shortName, after: '青溪总院' }]);
  });
});
