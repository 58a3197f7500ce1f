import assert from 'node:assert/strict';
import type { FailureView } from '../../../server/contract/index.ts';
import { demoFacilityId } from '../../../server/demo/facilities.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { chinaDate } from '../../../server/patients/china-date.ts';
import { addAdministrator } from '../../support/add-administrator.ts';
import { acceptCase, completeDraft, draftCase } from '../../support/case-journey.ts';
import { submitDraft } from '../../support/cases.ts';
import type { Client, RefusedError } from '../../support/client.ts';
import { completeAgreement, PDF, placeAgreement, sendCopy, UNSIGNED } from '../../support/facility-world.ts';
import { refusal } from '../../support/refusal.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const COUNTY = demoFacilities.county.facilityId;
const PROVINCE = demoFacilities.province.facilityId;
const ELSEWHERE = demoFacilityId(25);
const day = (offset: number) => chinaDate(new Date(Date.now() + offset * 24 * 3_600_000));

describe('agreements between facilities', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let platform: Client;
  let county: Client;
  let doctor: Client;
  let specialist: Client;

  beforeEach(async () => {
    server = await startServer();
    platform = await server.signIn('admin');
    doctor = await server.signIn('county-doctor');
    specialist = await server.signIn('specialist');
    county = (await addAdministrator(server)).client;
  });
  afterEach(() => server?.close());

  const read = (client: Client, agreementId: string) => client.call('agreement:read', { params: { agreementId } });
  /** The agreement of the demo cases. */
  async function ofTheDemo(): Promise<string> {
    const { agreements } = await county.call('agreements:list', { query: { facilityId: COUNTY } });
    const found = agreements.find(({ invited }) => invited.facilityId === PROVINCE);
    assert.ok(found);
    return found.agreementId;
  }
  async function end(agreementId: string): Promise<void> {
    const { version } = await read(platform, agreementId);
    await platform.call('agreement:end', { params: { agreementId }, body: { version, reason: '双方协商' } });
  }
  async function sign(client: Client, agreementId: string, side: 'inviting' | 'invited') {
    const { version } = await read(platform, agreementId);
    return client.call('agreement:sign', { params: { agreementId }, body: { version, side } });
  }

  it('[AG3] become valid when both sides have signed, with services, days and the paper; a change takes signatures back', async () => {
    const body = { invitingFacilityId: COUNTY, invitedFacilityId: ELSEWHERE };
    const { agreementId, version, draft } = await county.call('agreement:create', { body });
    const params = { agreementId };
    const signing = (at: number) => refusal(county, 'agreement:sign', params, { version: at, side: 'inviting' });
    assert.equal((await signing(version)).short, 'conflict/agreement-incomplete');
    const services = [{ kind: 'video' as const, priceFen: 0 }];
    const saved = await county.call('agreement:save', { params, body: { ...draft, services, version } });
    assert.equal((await signing(saved.version)).short, 'conflict/signed-copy-missing');
    await completeAgreement(county, agreementId, [day(-1), day(100)]);
    await sign(county, agreementId, 'inviting');
    assert.equal((await read(county, agreementId)).state, 'draft');
    const half = await read(county, agreementId);
    await county.call('agreement:save', {
      params,
      body: { ...half.draft, liabilityText: '各自承担', version: half.version },
    });
    assert.deepEqual((await read(county, agreementId)).signatures, UNSIGNED);
    await sign(county, agreementId, 'inviting');
    const signed = await sign(platform, agreementId, 'invited');
    assert.deepEqual([signed.state, signed.signatures.inviting?.name], ['valid', '冯守正']);
    assert.deepEqual(signed.signableSides, []);
  });

  it('[AG3] at any time two facilities have one valid agreement in one direction', async () => {
    const agreementId = await placeAgreement(server, COUNTY, PROVINCE, { signatures: UNSIGNED });
    await completeAgreement(county, agreementId, [day(10), day(40)]);
    await sign(county, agreementId, 'inviting').then(
      () => assert.fail('it overlaps'),
      (err: RefusedError) => assert.equal(err.failure.reason, 'agreement-overlaps'),
    );
    const otherWay = await placeAgreement(server, PROVINCE, COUNTY, { signatures: UNSIGNED });
    await completeAgreement(platform, otherWay, [day(10), day(40)]);
    await sign(platform, otherWay, 'inviting');
    assert.equal((await sign(platform, otherWay, 'invited')).state, 'upcoming');
  });

  it('[AG4] what is signed never changes; it is renewed by a draft that follows, the same one each time', async () => {
    const agreementId = await ofTheDemo();
    const params = { agreementId };
    const { version, draft, toDay } = await read(county, agreementId);
    const refused = await refusal(county, 'agreement:save', params, { ...draft, version });
    assert.equal(refused.short, 'conflict/agreement-signed');
    assert.equal((await refusal(county, 'agreement:discard', params)).short, 'conflict/agreement-signed');
    assert.equal((await sendCopy(county, agreementId, version)).status, 409);
    const renewal = await county.call('agreement:renew', { params });
    assert.equal((await county.call('agreement:renew', { params })).agreementId, renewal.agreementId);
    assert.ok(renewal.fromDay >= toDay);
    assert.deepEqual([renewal.state, renewal.draft.services], ['draft', draft.services]);
    assert.equal((await read(county, agreementId)).successorId, renewal.agreementId);
    const reasonless = await refusal(county, 'agreement:end', params, { version, reason: ' ' });
    assert.equal(reasonless.short, 'invalid-message/reason-missing');
  });

  it('[AG1] a case is sent under one that names its kind, and keeps its terms: free is not the same as nothing agreed', async () => {
    await end(await ofTheDemo());
    await assert.rejects(
      async () => submitDraft(doctor, (await draftCase(doctor)).consultationId),
      /no partner to ask/,
      'it is offered no more',
    );
    const services = [{ kind: 'video' as const, priceFen: 0 }];
    const responseTimes = {
      emergency: { acceptMin: 5, answerMin: null },
      urgent: { acceptMin: null, answerMin: null },
      routine: { acceptMin: null, answerMin: null },
    };
    const agreementId = await placeAgreement(server, COUNTY, PROVINCE, { services, responseTimes });
    assert.deepEqual(
      (await doctor.call('partners:list')).map((partner) => partner.services),
      [['video']],
    );
    const draft = await draftCase(doctor);
    const params = { consultationId: draft.consultationId };
    const written = { ...completeDraft, invitedFacilityId: PROVINCE, kind: 'written' as const, version: draft.version };
    const { version } = await doctor.call('consultation:save', { params, body: written });
    const refused = await refusal(doctor, 'consultation:submit', params, { version });
    assert.equal(refused.short, 'conflict/service-not-agreed');
    const video = await doctor.call('consultation:save', { params, body: { ...written, kind: 'video', version } });
    const sent = await doctor.call('consultation:submit', { params, body: { version: video.version } });
    assert.deepEqual(sent.terms?.services, services);
    assert.equal(sent.terms?.agreementId, agreementId);
    assert.deepEqual(sent.terms?.responseTimes.emergency, { acceptMin: 5, answerMin: 30 });
    await end(agreementId);
    await placeAgreement(server, COUNTY, PROVINCE, { services: [{ kind: 'video', priceFen: 99_900 }] });
    assert.deepEqual((await doctor.call('consultation:read', { params })).terms, sent.terms);
  });

  it('[AG2] one that ends in the middle of a case lets it finish: supplemented, sent again, accepted', async () => {
    const { consultationId } = await acceptCase(doctor, specialist);
    await end(await ofTheDemo());
    const params = { consultationId };
    const { version } = await specialist.call('consultation:read', { params });
    await specialist.call('consultation:ask-supplement', { params, body: { version, reason: '请补传既往片' } });
    const asked = await doctor.call('consultation:read', { params });
    const again = await doctor.call('consultation:submit', { params, body: { version: asked.version } });
    assert.equal(again.awaiting, 'opinion');
    const next = await draftCase(doctor);
    const body = { ...completeDraft, invitedFacilityId: PROVINCE, version: next.version };
    const saved = await doctor.call('consultation:save', { params: { consultationId: next.consultationId }, body });
    const refused = await refusal(
      doctor,
      'consultation:submit',
      { consultationId: next.consultationId },
      { version: saved.version },
    );
    assert.equal(refused.short, 'conflict/agreement-missing');
  });

  it('[AG6] the paper is a PDF, kept as it came, and handed to administrators of its two sides alone', async () => {
    const agreementId = await placeAgreement(server, COUNTY, ELSEWHERE, { signatures: UNSIGNED });
    const wrong = await sendCopy(county, agreementId, 1, Buffer.from('PK\u0003\u0004 a document of another kind'));
    assert.deepEqual([wrong.status, ((await wrong.json()) as FailureView).reason], [400, 'signed-copy-not-pdf']);
    const large = Buffer.concat([PDF, Buffer.alloc(20 * 1024 * 1024)]);
    const tooLarge = await sendCopy(county, agreementId, 1, large);
    assert.equal(tooLarge.status, 413);
    assert.equal((await sendCopy(county, agreementId, 1)).status, 200);
    assert.equal((await sendCopy(county, agreementId, 1)).status, 409, 'made on another version');
    const path = `/api/agreements/${agreementId}/signed-copy`;
    const own = await county.fetch(path);
    assert.equal(own.headers.get('content-type'), 'application/pdf');
    assert.deepEqual(Buffer.from(await own.arrayBuffer()), PDF);
    const foreign = (await addAdministrator(server, demoFacilityId(12))).client;
    assert.equal((await foreign.fetch(path)).status, 200, 'the other side lies below');
    const stranger = (await addAdministrator(server, demoFacilityId(21))).client;
    for (const client of [stranger, doctor, specialist]) assert.equal((await client.fetch(path)).status, 404);
    assert.equal((await sendCopy(stranger, agreementId, 2)).status, 404);
  });

  it('are narrowed, sorted and read page by page', async () => {
    const list = async (query: Record<string, string>) =>
      (await platform.call('agreements:list', { query })).agreements;
    const days = (await list({ sort: 'to-day' })).map(({ toDay }) => toDay);
    assert.deepEqual(days, days.toSorted());
    assert.deepEqual(
      (await list({ sort: 'to-day', descending: 'true' })).map(({ toDay }) => toDay),
      days.toReversed(),
    );
    const states = new Set((await list({ pageSize: '200' })).map(({ state }) => state));
    assert.deepEqual([...states].sort(), ['draft', 'expired', 'valid']);
    assert.ok((await list({ state: 'expired' })).every(({ state }) => state === 'expired'));
    assert.ok((await list({ q: '双塔' })).every(({ inviting }) => inviting.name.includes('双塔')));
    const pages = [await list({ pageSize: '4' }), await list({ pageSize: '4', page: '2' })].flat();
    assert.equal(new Set(pages.map(({ agreementId }) => agreementId)).size, 8);
    const expiring = (await list({ pageSize: '200' })).filter(({ daysLeft }) => daysLeft !== null && daysLeft <= 60);
    assert.equal(expiring.length, 3);
  });
});
