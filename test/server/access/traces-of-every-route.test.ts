import assert from 'node:assert/strict';
import { type RouteName, routes } from '../../../server/contract/index.ts';
import { chinaDate } from '../../../server/patients/china-date.ts';
import { acceptWritten, completeDraft, draftCase, submitCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { SHOWS_NOTHING, TOLD_ELSEWHERE } from './route-traces.ts';

describe('whatever shows a case', function () {
  this.timeout(180_000);
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
