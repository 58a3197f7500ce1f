import assert from 'node:assert/strict';
import type { ConsultationView } from '../../../server/contract/index.ts';
import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import { acceptCase, acceptWritten, draftCase, meetCase, submitCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import { readData } from '../../support/data.ts';
import { enterCall } from '../../support/enter-call.ts';
import { CT_SERIES, listData, uploadFile } from '../../support/images.ts';
import { refusal } from '../../support/refusal.ts';
import { connectSfu } from '../../support/sfu-client.ts';
import { signedConsent } from '../../support/signed-consent.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const INVITED = ['specialist', 'coordinator', 'surgeon'];
const HOME = ['county-doctor', 'county-coordinator'];
const REASON = '患者不愿意继续';

describe('a patient who takes consent back', function () {
  this.timeout(180_000);
  let server: RunningServer;
  const people: Record<string, Client> = {};
  const client = (account: string): Client => people[account] ?? assert.fail(account);

  before(async () => {
    server = await startServer();
    for (const account of [...HOME, ...INVITED, 'specialist-2', 'auditor'])
      people[account] = await server.signIn(account);
  });
  after(() => server?.close());

  const withdraw = (
    account: string,
    { consultationId }: { consultationId: string },
    scopes: ('consult' | 'record' | 'teach' | 'share')[] = ['consult'],
  ): Promise<ConsultationView> =>
    client(account).call('consent:withdraw', {
      params: { consultationId },
      body: { scopes, askedBy: 'patient', askedByName: '', reason: REASON },
    });
  const statusFor = async (account: string, { consultationId }: { consultationId: string }) =>
    (await client(account).ask('consultation:read', { params: { consultationId } })).status;
  async function inviteSurgeon({ consultationId }: { consultationId: string }): Promise<void> {
    const params = { consultationId };
    const found = (await client('specialist').call('colleagues:list', { params })).find(
      ({ name }) => name === '周振华',
    );
    const accountId = found?.accountId ?? assert.fail('no surgeon');
    await client('specialist').call('consultation:invite', { params, body: { accountId } });
  }
  async function answered({ isAcknowledged = false } = {}): Promise<ConsultationView> {
    const { consultationId } = await acceptWritten(client('county-doctor'), client('specialist'));
    const params = { consultationId };
    const diagnosis = [{ code: 'R91', display: '肺结节' }];
    const body = { findings: '未见异常。', diagnosis, recommendations: [], keyImages: [], version: 0 };
    await client('specialist').call('opinion:save', { params, body });
    await client('specialist').call('report:sign', { params, body: { version: 1, password: DEMO_PASSWORD } });
    if (isAcknowledged)
      await client('county-doctor').call('report:acknowledge', { params, body: { version: 1, adoptions: [] } });
    return client('county-doctor').call('consultation:read', { params });
  }

  it('[CN4] in the middle of a call: review, room, pictures and tokens of the invited side end at once, and both sides are told', async () => {
    const met = await meetCase(client('county-doctor'), client('specialist'));
    const { consultationId } = met;
    const params = { consultationId };
    const [file = ''] = await listData(CT_SERIES);
    assert.equal((await uploadFile(client('county-doctor'), consultationId, await readData(file)))?.status, 200);
    const [found] = (await (
      await client('specialist').fetch(`/dicomweb/consultations/${consultationId}/instances`)
    ).json()) as Record<string, { Value: string[] }>[];
    const uid = (tag: string) => found?.[tag]?.Value[0] ?? '';
    const frame = `/dicomweb/consultations/${consultationId}/studies/${uid('0020000D')}/series/${uid('0020000E')}/instances/${uid('00080018')}/frames/1`;
    assert.equal((await client('specialist').fetch(frame)).status, 200);
    const window = await connect(server.url, client('specialist').cookie);
    await window.request('review:open', { consultationId, sinceRevision: 0 });
    const home = await connect(server.url, client('county-coordinator').cookie);
    const inCall = await enterCall(client('specialist'), consultationId);
    const { token } = await client('specialist').call('call:ticket', { params });

    const view = await withdraw('county-doctor', met);
    assert.deepEqual([view.state, view.call, view.consentedScopes], ['cancelled', null, []]);

    await inCall.disconnected();
    const told = await window.next('consent:withdrawn');
    assert.deepEqual([told.isOut, told.scopes, told.by.name], [true, ['consult'], '李春梅']);
    await window.next('call:ended');
    const last = await window.next('consultation:changed', (line) => line.actions.length === 0);
    assert.equal(last.consultationId, consultationId);
    const notice = await home.next('notice:posted', ({ kind }) => kind === 'consent-withdrawn');
    assert.equal(notice.caseNumber, met.caseNumber);

    assert.equal((await client('specialist').fetch(frame)).status, 404, 'a frame asked for afterwards');
    assert.equal((await client('specialist').ask('call:ticket', { params })).status, 404);
    await assert.rejects(window.request('review:open', { consultationId, sinceRevision: 0 }));
    await assert.rejects(window.request('chat:since', { consultationId, afterSequence: 0 }));
    const late = await connectSfu(server.url, token);
    await assert.rejects(late.join(), 'a ticket from before lets nobody in');
    late.close();
    window.close();
    home.close();
    const { notices } = await client('specialist').call('notices:list');
    assert.ok(notices.some((one) => one.consultationId === consultationId && one.kind === 'consent-withdrawn'));
  });

  it('[CN4] a tile of a slide asked for afterwards is not found', async () => {
    const drafted = await draftCase(client('county-doctor'));
    const { consultationId } = drafted;
    const bytes = await readData('pathology/boxes_pyramid.tiff');
    assert.equal((await uploadFile(client('county-doctor'), consultationId, bytes))?.status, 200);
    const sent = { params: { consultationId }, body: { version: drafted.version } };
    const { materials } = await client('county-doctor').call('consultation:submit', sent);
    const slideId = materials.flatMap((one) => (one.kind === 'pathology' ? one.slides : []))[0]?.slideId ?? '';
    const slide = await client('specialist').call('slide:read', { params: { consultationId, slideId } });
    const tile = `/api/consultations/${consultationId}/slides/${slideId}/${slide.revision}/slide_files/${slide.maxLevel}/0_0.jpeg`;
    assert.equal((await client('specialist').fetch(tile)).status, 200);
    await withdraw('county-doctor', { consultationId });
    assert.equal((await client('specialist').fetch(tile)).status, 404);
    assert.equal((await client('county-doctor').fetch(tile)).status, 200, 'the hospital’s own patient');
  });

  it('[CN4] [CN5] wherever the case stands: only the asking hospital sees it on, a signed report stays with it', async () => {
    const stands: [string, () => Promise<{ consultationId: string }>, string][] = [
      ['submitted', () => submitCase(client('county-doctor')), 'cancelled'],
      ['accepted', () => acceptCase(client('county-doctor'), client('specialist')), 'cancelled'],
      ['issued', () => answered(), 'issued'],
      ['acknowledged', () => answered({ isAcknowledged: true }), 'acknowledged'],
    ];
    for (const [where, begin, ends] of stands) {
      const one = await begin();
      if (where === 'accepted') await inviteSurgeon(one);
      const params = { consultationId: one.consultationId };
      const { state } = await withdraw(where === 'accepted' ? 'county-coordinator' : 'county-doctor', one);
      assert.equal(state, ends, where);
      for (const account of [...INVITED, 'specialist-2'])
        assert.equal(await statusFor(account, one), 404, `${where} ${account}`);
      for (const account of HOME) assert.equal(await statusFor(account, one), 200, `${where} ${account}`);
      const viewers = await client('county-doctor').call('consultation:viewers', { params });
      assert.deepEqual([...new Set(viewers.map(({ person }) => person.facilityName))].length, 1, where);
      if (ends !== 'cancelled')
        assert.equal((await client('county-doctor').call('report:read', { params })).signatureValid, true);
    }
  });

  it('[CN5] an amendment that nobody is left to finish is given up', async () => {
    const one = await answered({ isAcknowledged: true });
    const params = { consultationId: one.consultationId };
    await client('specialist').call('report:amend', {
      params,
      body: { version: one.version, kind: 'corrected', reason: '笔误' },
    });
    const view = await withdraw('county-doctor', one);
    assert.deepEqual([view.state, view.amendment, view.reportVersion], ['acknowledged', null, 1]);
  });

  it('[CN6] to anything else than the consultation, is shown to all and takes no access', async () => {
    const { consultationId } = await acceptCase(client('county-doctor'), client('specialist'), {
      consent: signedConsent('张建国', { scopes: ['consult', 'record', 'teach'] }),
    });
    const params = { consultationId };
    const window = await connect(server.url, client('specialist').cookie);
    const view = await withdraw('county-coordinator', { consultationId }, ['record', 'teach']);
    assert.deepEqual([view.state, view.consentedScopes], ['accepted', ['consult']]);
    const told = await window.next('consent:withdrawn');
    assert.deepEqual([told.isOut, told.scopes], [false, ['record', 'teach']]);
    window.close();
    const seen = await client('specialist').call('consultation:read', { params });
    assert.deepEqual(
      seen.consents.flatMap((one) => one.withdrawals.map(({ scope, askedBy, by }) => [scope, askedBy, by.name])),
      [
        ['record', 'patient', '赵立新'],
        ['teach', 'patient', '赵立新'],
      ],
    );
    const again = { ...signedConsent('张建国', { scopes: ['teach'] }) };
    const given = await client('county-doctor').call('consent:give', { params, body: again });
    assert.deepEqual(given.consentedScopes, ['consult', 'teach']);
    assert.equal(
      (await refusal(client('county-doctor'), 'consent:withdraw', params, body(['record']))).short,
      'conflict/state-not-allowed',
    );
    assert.equal(
      (await refusal(client('county-doctor'), 'consent:withdraw', params, { ...body(['teach']), reason: ' ' })).short,
      'invalid-message/reason-missing',
    );
  });

  it('[CN2] [CN4] is for requester and home coordinator to enter: everybody else is refused, and strangers find nothing', async () => {
    const one = await acceptCase(client('county-doctor'), client('specialist'));
    await inviteSurgeon(one);
    const params = { consultationId: one.consultationId };
    const evidence = `/api/consultations/${one.consultationId}/consent-evidence/${'0'.repeat(64)}`;
    const put = async (account: string) =>
      (await client(account).fetch(evidence, { method: 'PUT', body: new Uint8Array([1]) })).status;
    for (const account of INVITED) {
      assert.equal((await refusal(client(account), 'consent:withdraw', params, body(['consult']))).short, 'forbidden');
      assert.equal(
        (await refusal(client(account), 'consent:give', params, signedConsent('张建国'))).short,
        'forbidden',
      );
      assert.equal(await put(account), 403, account);
    }
    for (const account of ['specialist-2', 'auditor']) {
      assert.equal((await refusal(client(account), 'consent:withdraw', params, body(['consult']))).short, 'not-found');
      assert.equal(
        (await refusal(client(account), 'consent:give', params, signedConsent('张建国'))).short,
        'not-found',
      );
      assert.equal(await put(account), 404, account);
    }
    for (const account of HOME)
      assert.equal(
        (await client(account).call('consultation:read', { params })).actions.includes('withdraw-consent'),
        true,
      );
  });

  it('[CN7] the audit says what was taken back, who asked and who lost access, and no word of the reason', async () => {
    const one = await acceptCase(client('county-doctor'), client('specialist'));
    await withdraw('county-doctor', one);
    const acts = await client('auditor').call('audit:list', { query: { consultationId: one.consultationId } });
    const act = acts.find(({ action }) => action === 'consent:withdraw');
    assert.ok(act);
    const { scopes, askedBy, from, to, endedAccountIds } = act.detail as Record<string, unknown>;
    assert.deepEqual([scopes, askedBy, from, to], [['consult'], 'patient', 'accepted', 'cancelled']);
    const { accountId } = (await client('specialist').call('session:read')).person;
    assert.ok((endedAccountIds as string[]).includes(accountId));
    assert.ok(!JSON.stringify(acts).includes(REASON));
    assert.ok(acts.some(({ action }) => action === 'consent:give'));
    const entry = { patientId: one.patient.patientId ?? '' };
    const consents = await client('county-doctor').call('patient:consents', { params: entry });
    const ofCase = consents.find(({ caseNumber }) => caseNumber === one.caseNumber);
    assert.deepEqual(
      ofCase?.consent.withdrawals.map(({ scope, reason }) => [scope, reason]),
      [['consult', REASON]],
    );
  });

  const body = (scopes: string[]) => ({ scopes, askedBy: 'patient', askedByName: '', reason: REASON });
});
