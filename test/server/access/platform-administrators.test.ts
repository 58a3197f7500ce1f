import assert from 'node:assert/strict';
import { requireRolesApart } from '../../../server/access/platform-roles.ts';
import {
  accountRoutes,
  administrationRoutes,
  importRoutes,
  type ProposalView,
  policyRoutes,
  type Role,
  type RouteName,
  routes,
} from '../../../server/contract/index.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { addPerson, enterPerson, newPerson } from '../../support/add-person.ts';
import { readAdministrationTable, statusesOf } from '../../support/administration-table.ts';
import { meetCase } from '../../support/case-journey.ts';
import type { Answer, Client } from '../../support/client.ts';
import { readData } from '../../support/data.ts';
import { CT_SERIES, listData, uploadFile } from '../../support/images.ts';
import { refusal } from '../../support/refusal.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { BODIES, OWN, QUERIES, SHA256 } from './route-bodies.ts';

const THREE = ['admin', 'security-admin', 'auditor'] as const;
/** Everything else shows a case, a patient or a picture, until somebody has said here that it does not. */
const NOT_CLINICAL: RouteName[] = [
  ...OWN,
  ...(Object.keys({ ...accountRoutes, ...administrationRoutes, ...importRoutes, ...policyRoutes }) as RouteName[]),
  'administration-acts:list',
  'audit:list',
  'audit:accesses',
  'audit:export',
  'audit:verify',
  'notices:list',
  'notices:read',
];

describe('the platform’s three administrators', function () {
  this.timeout(240_000);
  let server: RunningServer;
  const clients = new Map<string, Client>();
  const get = (role: string): Client => {
    const client = clients.get(role);
    assert.ok(client, role);
    return client;
  };
  before(async () => {
    server = await startServer();
    for (const role of [...THREE, 'facility-admin', 'physician'] as const)
      clients.set(role, (await enterPerson(server, role)).client);
  });
  after(() => server?.close());

  it('[PA1] get nothing of a case, a patient or a picture by any route', async () => {
    const doctor = await server.signIn('county-doctor');
    const { consultationId } = await meetCase(doctor, await server.signIn('specialist'));
    const { patient } = await doctor.call('consultation:read', { params: { consultationId } });
    const [first = ''] = await listData(CT_SERIES);
    assert.equal((await uploadFile(doctor, consultationId, await readData(first)))?.status, 200);
    const instances = await doctor.fetch(`/dicomweb/consultations/${consultationId}/instances`);
    const [found] = (await instances.json()) as Record<string, { Value: string[] }>[];
    const uid = (tag: string) => found?.[tag]?.Value[0] ?? '';
    const study = `/studies/${uid('0020000D')}`;
    const instance = `${study}/series/${uid('0020000E')}/instances/${uid('00080018')}`;
    const paths = ['', `/consultations/${consultationId}`].flatMap((root) =>
      ['/studies', '/series', '/instances', study, `${study}/series`, instance, `${instance}/frames/1`].map(
        (path) => `/dicomweb${root}${path}`,
      ),
    );
    assert.equal((await doctor.fetch(`/dicomweb${instance}/frames/1`)).status, 200, 'whose they are sees them');
    const ids = { consultationId, patientId: patient.patientId ?? '', slideId: SHA256, documentId: SHA256 };
    const params = {
      ...ids,
      accountId: SHA256.slice(0, 8),
      materialId: consultationId,
      mergeId: consultationId,
      demonstrationId: consultationId,
      questionId: consultationId,
      handId: consultationId,
      pollId: consultationId,
      messageId: consultationId,
    };
    const clinical = (Object.keys(routes) as RouteName[]).filter((name) => !NOT_CLINICAL.includes(name));
    assert.ok(clinical.length > 30, 'the contract is looked at');
    const wrong: string[] = [];
    for (const role of THREE) {
      for (const name of clinical) {
        const body = name === 'patients:search' ? { search: patient.name } : (BODIES[name] ?? {});
        const { status } = await get(role).ask(name, {
          params: { ...params, accountId: consultationId },
          query: QUERIES[name] ?? {},
          body,
        });
        if (![403, 404].includes(status)) wrong.push(`${name} as ${role}: ${status}`);
      }
      for (const path of paths) {
        const { status } = await get(role).fetch(path);
        if (![403, 404].includes(status)) wrong.push(`${path} as ${role}: ${status}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('[PA1] are three people: nobody holds two of the offices, nor one beside a role of another kind', () => {
    for (const role of THREE) requireRolesApart([role, role]);
    requireRolesApart(['physician', 'facility-admin', 'coordinator']);
    for (const roles of [
      ['admin', 'auditor'],
      ['security-admin', 'admin'],
      ['auditor', 'physician'],
    ] as Role[][])
      assert.throws(() => requireRolesApart(roles), { reason: 'roles-not-apart' });
  });

  const columnsOf = (row: Record<string, string>) => [
    ['admin', row['system']],
    ['security-admin', row['security']],
    ['auditor', row['audit']],
    ['facility-admin', row['facility administrator']],
    ['physician', row['everybody else']],
  ];

  /** Those that say more than their name. A policy has one open proposal: each is decided at once. */
  const PLATFORM_ACTS: Record<string, (client: Client) => Promise<Pick<Answer<unknown>, 'status'>>> = {
    'audit:export': (client) => client.ask('audit:export', { body: { trail: 'acts' } }),
    'proposal:make (another policy)': async (client) => withdrawn(client, await propose(client, 'policy')),
    'proposal:make (an office for somebody)': async (client) => withdrawn(client, await propose(client, 'office')),
  };
  let length = 10;
  async function propose(client: Client, about: 'policy' | 'office'): Promise<Answer<unknown>> {
    length = length === 40 ? 11 : length + 1;
    const { version } = (await get('auditor').call('policies:read')).policies.passwords;
    const value = { minLength: length, attempts: 5 };
    const body =
      about === 'policy'
        ? { subject: 'passwords', version, value, reason: '加强' }
        : { subject: 'platform-role', ...(await someone('trainee')), role: 'auditor', reason: '任命' };
    return client.ask('proposal:make', { body: body as never });
  }
  async function withdrawn(client: Client, made: Answer<unknown>) {
    if (made.status === 201) {
      const { proposalId } = made.body as ProposalView;
      await client.call('proposal:withdraw', { params: { proposalId } });
    }
    return made;
  }

  it('[PA2] do of the platform’s acts what the text for lawyers says, cell by cell', async () => {
    const rows = await readAdministrationTable('act of the platform');
    const wrong: string[] = [];
    for (const [act, row] of rows)
      for (const [role = '', word] of columnsOf(row)) {
        const perform = PLATFORM_ACTS[act];
        const { status } = await (perform ? perform(get(role)) : get(role).ask(act as RouteName));
        if (!statusesOf(word).includes(status)) wrong.push(`${act} as ${role}: ${status}`);
      }
    assert.ok(rows.size >= 9);
    assert.deepEqual(wrong, []);
  });

  /** What each row does to a colleague who holds one of the offices. */
  const ACTS: Record<string, (client: Client, target: Role) => Promise<Pick<Answer<unknown>, 'status'>>> = {
    'person:invite': (client, role) => client.ask('person:invite', { body: { ...newPerson(), role } }),
    'person:read': async (client, role) => client.ask('person:read', { params: await someone(role) }),
    'person:history': async (client, role) => client.ask('person:history', { params: await someone(role) }),
    'person:edit (their name)': (client, role) => edit(client, role, { name: '赵六' }),
    'person:edit (their role)': (client, role) => edit(client, role, { role: 'trainee' }),
    async 'person:make-link (as long as they have no password)'(client, role) {
      const params = await someone(role);
      await server.database.write(({ accounts }) => accounts.setPassword(params.accountId, null));
      return client.ask('person:make-link', { params });
    },
    'person:make-link (once they have one)': async (client, role) =>
      client.ask('person:make-link', { params: await someone(role) }),
    'person:reset-factor': async (client, role) =>
      client.ask('person:reset-factor', { params: await someone(role), body: { reason: '手机丢失' } }),
    'person:disable': async (client, role) =>
      client.ask('person:disable', { params: await someone(role), body: { reason: '离职' } }),
    async 'person:reactivate'(client, role) {
      const params = await someone(role);
      await get('admin').call('person:disable', { params, body: { reason: '离职' } });
      return client.ask('person:reactivate', { params });
    },
  };
  const someone = async (role: Role) => ({ accountId: (await addPerson(server.database, role)).accountId });

  async function edit(client: Client, role: Role, change: { name?: string; role?: Role }) {
    const params = await someone(role);
    const { name, title, specialty, facilityId, revision } = await get('admin').call('person:read', { params });
    return client.ask('person:edit', {
      params,
      body: { name, title, role, specialty, facilityId, revision, ...change },
    });
  }

  it('[PA3] do with each other’s accounts what the text says, cell by cell: nobody takes over an office', async () => {
    const rows = await readAdministrationTable('act on one of the three');
    assert.deepEqual([...rows.keys()].sort(), Object.keys(ACTS).sort());
    const wrong: string[] = [];
    for (const [act, row] of rows)
      for (const target of THREE)
        for (const [role = '', word] of columnsOf(row)) {
          const { status } = (await ACTS[act]?.(get(role), target)) ?? { status: 0 };
          if (!statusesOf(word).includes(status)) wrong.push(`${act} (${target}) as ${role}: ${status}`);
        }
    assert.deepEqual(wrong, []);
  });

  it('[PO1] decide on each other’s proposals as the text says, cell by cell', async () => {
    const rows = await readAdministrationTable('act on a proposal');
    assert.equal(rows.size, 3);
    const colleague = (await enterPerson(server, 'admin')).client;
    const wrong: string[] = [];
    for (const [act, row] of rows) {
      const decide = async (column: string, client: Client, proposalId: string) => {
        const body = { reason: '不妥' };
        const { status } = await client.ask(act as RouteName, { params: { proposalId }, body });
        if (!statusesOf(row[column]).includes(status)) wrong.push(`${act}, ${column}: ${status}`);
        if (status !== 200) await get('admin').call('proposal:withdraw', { params: { proposalId } });
      };
      for (const [column, client] of [
        ['whoever proposed it', get('admin')],
        ['a colleague of the same office', colleague],
        ['another office', get('security-admin')],
        ['another office', get('auditor')],
        ['facility administrator', get('facility-admin')],
        ['everybody else', get('physician')],
      ] as const)
        await decide(column, client, ((await propose(get('admin'), 'policy')).body as ProposalView).proposalId);
      const own = await enterPerson(server, 'auditor');
      const body = { subject: 'platform-role', accountId: own.accountId, role: 'trainee', reason: '离任' } as const;
      const { proposalId } = await get('admin').call('proposal:make', { body });
      await decide('whose office it is about', own.client, proposalId);
    }
    assert.deepEqual(wrong, []);
  });

  it('[PA2] are watched: the security administrator sees what the others did, and never whose case they looked at', async () => {
    const { consultationId } = await meetCase(await server.signIn('county-doctor'), await server.signIn('specialist'));
    const person = await get('admin').call('person:invite', { body: newPerson() });
    await get('auditor').call('audit:list', { query: { consultationId } });
    await get('auditor').call('audit:export', { body: { trail: 'acts', consultationId } });
    const acts = await get('security-admin').call('administration-acts:list');
    assert.deepEqual(
      acts.slice(0, 3).map(({ action, actorRole, subjectName }) => [action, actorRole, subjectName]),
      [
        ['audit:export', 'auditor', null],
        ['audit:read', 'auditor', null],
        ['account:invite', 'admin', person.person.name],
      ],
    );
    assert.ok(!JSON.stringify(acts).includes(consultationId));
    assert.ok(acts.every(({ actorRole }) => actorRole === 'admin' || actorRole === 'auditor'));
    const [own] = await get('auditor').call('audit:list');
    assert.equal(own?.action, 'administration-acts:read', 'and is seen doing so');
    const older = await get('security-admin').call('administration-acts:list', {
      query: { before: String(acts[0]?.sequence), limit: '1' },
    });
    assert.deepEqual(older, [acts[1]]);
  });

  it('[AC4] are never without one of each who can sign in', async () => {
    const other = await startServer();
    try {
      const admin = await enterPerson(other, 'admin');
      for (const role of ['security-admin', 'auditor'] as const) {
        const { accountId } = await addPerson(other.database, role, demoFacilities.province.facilityId);
        const params = { accountId };
        const last = await refusal(admin.client, 'person:disable', params, { reason: '离职' });
        assert.equal(last.short, 'conflict/last-administrator', 'the demonstration’s counts for none');
        await addPerson(other.database, role);
        await admin.client.call('person:disable', { params, body: { reason: '离职' } });
      }
    } finally {
      await other.close();
    }
  });
});
