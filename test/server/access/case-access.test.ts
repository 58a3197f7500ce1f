import assert from 'node:assert/strict';
import type { ConsultationView } from '../../../server/contract/index.ts';
import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import { acceptWritten, meetCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import { enterCall } from '../../support/enter-call.ts';
import { refusal } from '../../support/refusal.ts';
import { connectSfu } from '../../support/sfu-client.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const DAY_MS = 86_400_000;
const opinion = {
  findings: '未见异常。',
  diagnosis: [{ code: 'R91', display: '肺结节' }],
  recommendations: [],
  keyImages: [],
};

describe('how long and by whom a case is seen', () => {
  let server: RunningServer;
  let aheadMs = 0;
  const people: Record<string, Client> = {};
  const client = (account: string): Client => people[account] ?? assert.fail(account);

  before(async function () {
    this.timeout(180_000);
    const environment = { SESSION_HOURS: String(24 * 400), SESSION_IDLE_MINUTES: String(60 * 24 * 400) };
    server = await startServer({ clock: () => new Date(Date.now() + aheadMs), environment });
    for (const account of ['county-doctor', 'county-coordinator', 'specialist', 'coordinator', 'surgeon'])
      people[account] = await server.signIn(account);
  });
  afterEach(() => {
    aheadMs = 0;
  });
  after(() => server?.close());

  const statusFor = async (account: string, { consultationId }: { consultationId: string }) =>
    (await client(account).ask('consultation:read', { params: { consultationId } })).status;
  async function invite({ consultationId }: ConsultationView, name: string): Promise<string> {
    const params = { consultationId };
    const found = (await client('specialist').call('colleagues:list', { params })).find((one) => one.name === name);
    const accountId = found?.accountId ?? assert.fail(name);
    await client('specialist').call('consultation:invite', { params, body: { accountId } });
    return accountId;
  }
  async function closedCase(): Promise<{ consultationId: string }> {
    const accepted = await acceptWritten(client('county-doctor'), client('specialist'));
    await invite(accepted, '周振华');
    const params = { consultationId: accepted.consultationId };
    await client('specialist').call('opinion:save', { params, body: { ...opinion, version: 0 } });
    await client('specialist').call('report:sign', { params, body: { version: 1, password: DEMO_PASSWORD } });
    await client('county-doctor').call('report:acknowledge', { params, body: { version: 1, adoptions: [] } });
    return params;
  }

  it('[CO18] a closed case is seen for thirty days by those who took part, and kept by whoever asked', async () => {
    const params = await closedCase();
    const others = ['specialist', 'surgeon', 'county-coordinator', 'coordinator'];
    const { accessEndsAt } = await client('specialist').call('consultation:read', { params });
    assert.ok(Math.abs(Date.parse(accessEndsAt ?? '') - Date.now() - 30 * DAY_MS) < 60_000, String(accessEndsAt));
    assert.equal((await client('county-doctor').call('consultation:read', { params })).accessEndsAt, null);
    aheadMs = 29 * DAY_MS;
    for (const account of others) assert.equal(await statusFor(account, params), 200, account);
    aheadMs = 31 * DAY_MS;
    for (const account of others) {
      assert.equal(await statusFor(account, params), 404, account);
      const list = await client(account).call('consultations:list');
      assert.ok(!list.some(({ consultationId }) => consultationId === params.consultationId), account);
    }
    assert.equal((await client('county-doctor').call('report:read', { params })).signatureValid, true);
  });

  it('[CO18] a case whose report is amended is open again, and closed from its new acknowledgement on', async () => {
    const params = await closedCase();
    const { version } = await client('specialist').call('consultation:read', { params });
    const body = { version, kind: 'appended' as const, reason: '补充随访' };
    const draft = await client('specialist').call('report:amend', { params, body });
    aheadMs = 40 * DAY_MS;
    assert.equal(await statusFor('specialist', params), 200);
    const sign = { version: draft.version, password: DEMO_PASSWORD };
    await client('specialist').call('report:sign', { params, body: sign });
    await client('county-doctor').call('report:acknowledge', { params, body: { version: 2, adoptions: [] } });
    aheadMs = 69 * DAY_MS;
    assert.equal(await statusFor('specialist', params), 200);
    aheadMs = 71 * DAY_MS;
    assert.equal(await statusFor('specialist', params), 404);
  });

  it('[CO13] coordinators see no identities of a closed case', async () => {
    const accepted = await acceptWritten(client('county-doctor'), client('specialist'));
    const open = { consultationId: accepted.consultationId };
    for (const account of ['county-coordinator', 'coordinator'])
      assert.match((await client(account).call('patient:reveal', { params: open })).idNumber, /^\d{17}/);
    const closed = await closedCase();
    for (const account of ['county-coordinator', 'coordinator'])
      assert.equal(
        (await refusal(client(account), 'patient:reveal', closed)).short,
        'conflict/state-not-allowed',
        account,
      );
    for (const account of ['county-doctor', 'specialist'])
      assert.match((await client(account).call('patient:reveal', { params: closed })).idNumber, /^\d{17}/);
  });

  it('[CO19] who is removed is out of the case, the review and the call at once, and is told why', async () => {
    const met = await meetCase(client('county-doctor'), client('specialist'));
    const { consultationId } = met;
    const accountId = await invite(met, '周振华');
    const window = await connect(server.url, client('surgeon').cookie);
    await window.request('review:open', { consultationId, sinceRevision: 0 });
    const inCall = await enterCall(client('surgeon'), consultationId);
    const { token } = await client('surgeon').call('call:ticket', { params: { consultationId } });
    const other = await connect(server.url, client('county-doctor').cookie);
    const params = { consultationId, accountId };
    assert.equal(
      (await refusal(client('specialist'), 'consultation:remove-participant', params, { reason: ' ' })).short,
      'invalid-message/reason-missing',
    );
    const reason = '邀请有误，非本专业';
    const view = await client('specialist').call('consultation:remove-participant', { params, body: { reason } });
    assert.ok(!view.participants.some((person) => person.accountId === accountId));
    for (const connection of [window, other]) {
      const told = await connection.next('participant:removed');
      assert.deepEqual([told.person.accountId, told.by.name, told.reason], [accountId, '陈致远', reason]);
    }
    const last = await window.next('consultation:changed', (line) => line.actions.length === 0);
    assert.equal(last.consultationId, consultationId);
    await inCall.disconnected();
    const refused = await client('surgeon').ask('consultation:read', { params: { consultationId } });
    assert.deepEqual([refused.status, refused.headers.get('clear-site-data')], [404, '"cache"'], 'its pictures go too');
    const seen = await client('specialist').ask('consultation:read', { params: { consultationId } });
    assert.equal(seen.headers.get('clear-site-data'), null);
    assert.equal((await client('surgeon').ask('call:ticket', { params: { consultationId } })).status, 404);
    await assert.rejects(window.request('review:open', { consultationId, sinceRevision: 0 }));
    await assert.rejects(enterWith(token), 'an old ticket lets nobody in again');
    await assert.rejects(window.request('chat:since', { consultationId, afterSequence: 0 }));
    for (const connection of [window, other]) connection.close();
    const acts = await (await server.signIn('auditor')).call('audit:list', { query: { consultationId } });
    assert.ok(acts.some((act) => act.action === 'consultation:remove-participant' && act.subjectId === accountId));
    await invite(met, '周振华');
    assert.equal(await statusFor('surgeon', { consultationId }), 200, 'may be invited again');
  });

  it('[CO19] nobody removes requester, specialist or coordinators, and those without a part are not found', async () => {
    const accepted = await acceptWritten(client('county-doctor'), client('specialist'));
    const { consultationId, requester, specialist } = accepted;
    const body = { reason: '测试' };
    const ask = async (account: string, accountId: string) =>
      (await refusal(client(account), 'consultation:remove-participant', { consultationId, accountId }, body)).short;
    assert.equal(await ask('county-doctor', specialist?.accountId ?? ''), 'forbidden');
    assert.equal(await ask('coordinator', requester.accountId), 'forbidden');
    assert.equal(await ask('specialist', consultationId), 'not-found');
    await invite(accepted, '周振华');
    const { participants } = await client('specialist').call('consultation:read', { params: { consultationId } });
    const surgeon = participants.find(({ name }) => name === '周振华');
    assert.equal(await ask('county-coordinator', surgeon?.accountId ?? ''), 'forbidden', 'another hospital’s');
    assert.equal(await ask('surgeon', surgeon?.accountId ?? ''), 'forbidden');
  });

  async function enterWith(token: string): Promise<void> {
    const late = await connectSfu(server.url, token);
    try {
      await late.join();
    } finally {
      late.close();
    }
  }
});
