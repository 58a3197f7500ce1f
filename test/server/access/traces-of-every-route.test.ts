import assert from 'node:assert/strict';
import { administrationRoutes, type RouteName, routes } from '../../../server/contract/index.ts';
import { chinaDate } from '../../../server/patients/china-date.ts';
import { acceptWritten, completeDraft, draftCase, submitCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

/** Answers that show nobody's data but the caller's own, and none of a patient; and what is being written by the caller alone. */
const SHOWS_NOTHING: RouteName[] = [
  'sign-in:options',
  'one-time-link:read',
  'session:read',
  'pending-sign-in:read',
  'second-factor:read',
  'policies:read',
  'proposals:list',
  'own-sessions:list',
  'sign-ins:list',
  // Colleagues and their accounts.
  'people:list',
  'account-security:list',
  'machines:list',
  'machine:history',
  'people:choices',
  'person:read',
  'person:history',
  'practitioner:read',
  'own-practitioner:read',
  'partners:list',
  'diagnoses:search',
  'media:read',
  'colleagues:list',
  'consultation:viewers',
  // Masked lines beside a patient whose page has left its row.
  'patient:duplicates',
  // Masked names only; the cases themselves leave their rows.
  'consultations:list',
  // The same, but for the names that the caller typed into their own applications.
  'work-list:read',
  'work-list:count',
  'work-list:desk',
  // The case and the colleague, never the patient.
  'notices:list',
  'notices:read',
  // Nothing of the patient: whose case it is sees who sees the case, where it leaves its rows.
  'demonstrations:list',
  'demonstration-choices:search',
  'demonstration:read',
  'demonstration:attendance',
  'opinion:read',
  // Facilities and people, as their own lists show them.
  'import:read',
  ...(Object.keys(administrationRoutes) as RouteName[]),
];
/** Told by the suites of signing in, accounts, demonstrations, imports, images, consents, reports and calls, whose routes need more than a case. */
const TOLD_ELSEWHERE: RouteName[] = [
  'administration-acts:list',
  'session:open',
  'session:switch',
  'session:close',
  'session:close-all',
  'session:confirm',
  'token:mint',
  'network:found',
  'password:set',
  'password:change',
  'own-sessions:end-one',
  'own-sessions:end-others',
  'person:invite',
  'person:edit',
  'practitioner:save',
  'person:make-link',
  'person:disable',
  'person:reactivate',
  'person:reset-factor',
  'machine:make',
  'account-security:unlock',
  'account-security:reset-factor',
  'machine:confirm',
  'machine:revoke',
  'appointment:add',
  'appointment:edit',
  'appointment:end',
  'appointment:resume',
  'totp:begin',
  'totp:confirm',
  'totp:remove',
  'recovery-codes:make',
  'second-factor:prove',
  'pending-sign-in:challenge',
  'passkey:challenge',
  'session:open-by-passkey',
  'second-factor:challenge',
  'security-key:begin',
  'security-key:add',
  'security-key:remove',
  'proposal:make',
  'proposal:confirm',
  'proposal:refuse',
  'proposal:withdraw',
  'import:apply',
  'demo-network:end',
  'demonstration:create',
  'demonstration:save',
  'demonstration:ask-sign-off',
  'demonstration:sign-theatre',
  'demonstration:sign-ethics',
  'demonstration:send-back',
  'demonstration:check-material',
  'demonstration:open-enrolment',
  'demonstration:close-enrolment',
  'demonstration:reopen-enrolment',
  'demonstration:move',
  'demonstration:begin',
  'demonstration:end',
  'demonstration:cancel',
  'demonstration:ticket',
  'demonstration:cut',
  'demonstration:resume-cut',
  'demonstration:program',
  'demonstration:give-voice',
  'demonstration:take-voice',
  'demonstration:enrol',
  'demonstration:withdraw',
  'patient:add-identifier',
  'patient:merge',
  'patient:undo-merge',
  'consent:give',
  'consent:withdraw',
  'upload:announce',
  'material:remove',
  'slide:read',
  'report:sign',
  'report:read',
  'report:acknowledge',
  'report:amend',
  'consultation:remove-participant',
  'report:withdraw-amendment',
];

describe('whatever shows a case', function () {
  this.timeout(60_000);
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;
  let auditor: Client;
  before(async () => {
    server = await startServer();
    [doctor, specialist, auditor] = await Promise.all([
      server.signIn('county-doctor'),
      server.signIn('specialist'),
      server.signIn('auditor'),
    ]);
  });
  after(() => server?.close());

  /** How many lines both trails have. */
  async function count(): Promise<number> {
    const { audit } = server.database.read;
    return (await audit.head()).sequence + (await audit.accessHead()).sequence;
  }

  it('[CO14] leaves a trace, whichever route shows it', async () => {
    const reason = '资料不全';
    const accepted = async () => acceptWritten(doctor, specialist);
    const surgeon = await server.signIn('surgeon');
    const { accountId } = (await surgeon.call('session:read')).person;
    /** One call of each route that answers with something, on a case that allows it. */
    const calls: Partial<Record<RouteName, () => Promise<() => Promise<unknown>>>> = {
      'consultation:create': async () => () => doctor.call('consultation:create'),
      'consultation:read': async () => {
        const params = { consultationId: (await submitCase(doctor)).consultationId };
        return () => doctor.call('consultation:read', { params });
      },
      'consultation:save': async () => {
        const { consultationId, version } = await draftCase(doctor);
        const body = { ...completeDraft, version };
        return () => doctor.call('consultation:save', { params: { consultationId }, body });
      },
      'consultation:submit': async () => {
        const { consultationId, version } = await draftCase(doctor);
        return () => doctor.call('consultation:submit', { params: { consultationId }, body: { version } });
      },
      ...Object.fromEntries(
        (['consultation:decline', 'consultation:ask-supplement'] as const).map((name) => [
          name,
          async () => {
            const { consultationId, version } = await submitCase(doctor);
            return () => specialist.call(name, { params: { consultationId }, body: { version, reason } });
          },
        ]),
      ),
      'consultation:cancel': async () => {
        const { consultationId, version } = await submitCase(doctor);
        return () => doctor.call('consultation:cancel', { params: { consultationId }, body: { version, reason } });
      },
      'consultation:accept': async () => {
        const { consultationId, version } = await accepted();
        return () => specialist.call('consultation:accept', { params: { consultationId }, body: { version } });
      },
      'consultation:answer-in-writing': async () => {
        const { consultationId, version } = await submitCase(doctor);
        const params = { consultationId };
        const taken = await specialist.call('consultation:accept', { params, body: { version } });
        const body = { version: taken.version, reason };
        return () => specialist.call('consultation:answer-in-writing', { params, body });
      },
      'consultation:hand-over': async () => {
        const { consultationId, version } = await accepted();
        const body = { version, reason };
        return () => specialist.call('consultation:hand-over', { params: { consultationId }, body });
      },
      'consultation:invite': async () => {
        const params = { consultationId: (await accepted()).consultationId };
        await doctor.call('consultation:invite', { params, body: { accountId } });
        return () => doctor.call('consultation:invite', { params, body: { accountId } });
      },
      'patient:reveal': async () => {
        const params = { consultationId: (await submitCase(doctor)).consultationId };
        return () => doctor.call('patient:reveal', { params });
      },
      'patients:search': async () => {
        await submitCase(doctor);
        return () => doctor.call('patients:search', { body: { search: 'zjg' } });
      },
      ...Object.fromEntries(
        (['patient:read', 'patient:identity', 'patient:accesses', 'patient:consents'] as const).map((name) => [
          name,
          async () => {
            const { patient } = await submitCase(doctor);
            return () => doctor.call(name, { params: { patientId: patient.patientId ?? '' } });
          },
        ]),
      ),
      'call:start': async () => {
        const params = { consultationId: (await accepted()).consultationId };
        return () => specialist.call('call:start', { params });
      },
      ...Object.fromEntries(
        (['call:ticket', 'call:end'] as const).map((name) => [
          name,
          async () => {
            const params = { consultationId: (await accepted()).consultationId };
            await specialist.call('call:start', { params });
            return () => specialist.call(name, { params });
          },
        ]),
      ),
      'opinion:save': async () => {
        const params = { consultationId: (await accepted()).consultationId };
        const body = { findings: '', diagnosis: [], recommendations: [], keyImages: [], version: 0 };
        return () => specialist.call('opinion:save', { params, body });
      },
      'audit:list': async () => () => auditor.call('audit:list', { query: { before: '1' } }),
      'audit:accesses': async () => () => auditor.call('audit:accesses', { query: { before: '1' } }),
      'audit:export': async () => () => auditor.call('audit:export', { body: { trail: 'acts' } }),
      'audit:verify': async () => () => auditor.call('audit:verify'),
    };
    const known = [...Object.keys(calls), ...SHOWS_NOTHING, ...TOLD_ELSEWHERE];
    assert.deepEqual(
      Object.keys(routes).filter((name) => !known.includes(name)),
      [],
      'a route that nobody has thought about',
    );
    for (const [name, prepare] of Object.entries(calls)) {
      const run = await prepare();
      const before = await count();
      await run();
      assert.ok((await count()) > before, name);
    }
  });

  it('[AU3] the trail itself too, whatever page is asked for', async () => {
    for (const [name, before] of [
      ['audit:list', undefined],
      ['audit:list', '1'],
      ['audit:list', '9007199254740991'],
      ['audit:accesses', undefined],
      ['audit:accesses', '9007199254740991'],
    ] as const) {
      await auditor.call(name, before === undefined ? {} : { query: { before } });
      const [newest] = await server.database.read.audit.list({ limit: 1 });
      assert.equal(newest?.action, 'audit:read');
      assert.equal(newest.detail['trail'], name === 'audit:list' ? 'acts' : 'accesses');
      assert.equal(newest.detail['before'], before === undefined ? undefined : Number(before));
    }
  });

  it('[AU4] is narrowed to calendar days in China, and taking it out is an act that stands before what was taken', async () => {
    await doctor.call('consultation:create');
    const today = chinaDate(new Date());
    const list = (query: { fromDay?: string; toDay?: string }) => auditor.call('audit:list', { query });
    assert.ok((await list({ fromDay: today, toDay: today })).length > 0);
    assert.deepEqual(await list({ toDay: '2020-01-01' }), []);
    assert.deepEqual(await auditor.call('audit:accesses', { query: { toDay: '2020-01-01' } }), []);
    await auditor.call('audit:export', { body: { trail: 'acts', fromDay: today } });
    const [newest] = await server.database.read.audit.list({ limit: 1 });
    assert.deepEqual([newest?.action, newest?.detail], ['audit:export', { trail: 'acts', fromDay: today }]);
    assert.equal((await doctor.ask('audit:export', { body: { trail: 'acts' } })).status, 403);
  });
});
