import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { withBelow } from '../../../server/access/administered-facilities.ts';
import type { ManagedPersonView, RouteName } from '../../../server/contract/index.ts';
import { listDemoFacilities } from '../../../server/demo/facilities.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { addPerson, enterPerson, newPerson, PERSON_PASSWORD } from '../../support/add-person.ts';
import { type Client, createClient, signIn } from '../../support/client.ts';
import { refusal } from '../../support/refusal.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const { county, province } = demoFacilities;
/** The county's hospital, its townships and their village stations. */
const BELOW_COUNTY = withBelow(
  listDemoFacilities().map(({ facilityId, parentId = null }) => ({ facilityId, parentId })),
  county.facilityId,
);
const NEW_PASSWORD = 'seven patient otters';

describe('people and their accounts', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let admin: Client;
  let facilityAdmin: Client;
  before(async () => {
    server = await startServer();
    admin = (await enterPerson(server, 'admin', province.facilityId)).client;
    facilityAdmin = (await enterPerson(server, 'facility-admin', county.facilityId)).client;
  });
  after(() => server?.close());

  const anyone = () => createClient(server.url, '');
  const dataOf = ({ name, title, role, specialty, facilityId }: ManagedPersonView) => ({
    name,
    title,
    role,
    specialty,
    facilityId,
  });
  const acts = async () =>
    (await server.database.read.audit.list({ limit: 5 })).map(({ action, subjectId }) => `${action} ${subjectId}`);

  it('[AC3] are seen and changed by those who answer for their facility, by others not', async () => {
    const roles = [
      'physician',
      'coordinator',
      'specialist',
      'surgeon',
      'trainee',
      'auditor',
      'facility-admin',
      'admin',
    ] as const;
    const callers = await Promise.all(
      roles.map(async (role) => [role, (await enterPerson(server, role, county.facilityId)).client] as const),
    );
    const found: string[] = [];
    const expected: string[] = [];
    for (const [role, client] of callers)
      for (const [where, facilityId] of [
        ['own', county.facilityId],
        ['foreign', province.facilityId],
      ] as const) {
        const answers = role === 'admin' || (role === 'facility-admin' && where === 'own');
        const { accountId } = await addPerson(server.database, 'physician', facilityId);
        const params = { accountId };
        const data = { name: '李四', title: '', role: 'physician', specialty: null, facilityId, revision: 1 };
        const tries: [RouteName, object, ok: number, refused: number][] = [
          ['person:read', {}, 200, 404],
          ['person:edit', data, 200, 404],
          ['person:make-link', {}, 201, 404],
          ['person:disable', { reason: '离职' }, 200, 404],
          ['person:reactivate', {}, 200, 404],
          ['person:invite', newPerson(facilityId), 201, role === 'facility-admin' ? 404 : 403],
        ];
        for (const [name, body, ok, refused] of tries) {
          const { status } = await client.ask(name, { params, body });
          found.push(`${role} ${where} ${name}: ${status}`);
          expected.push(`${role} ${where} ${name}: ${answers ? ok : refused}`);
        }
        const list = await client.ask('people:list', { query: { limit: '100' } });
        const people = (list.body as { people?: ManagedPersonView[] }).people ?? [];
        found.push(`${role} ${where} list: ${people.some((one) => one.facilityId === facilityId)}`);
        expected.push(`${role} ${where} list: ${answers}`);
      }
    assert.deepEqual(found, expected);
    assert.ok(found.length === roles.length * 2 * 7);
  });

  it('[AC3] of all facilities are the platform’s administrator’s, and so are administrators and auditors', async () => {
    for (const role of ['admin', 'auditor'] as const) {
      assert.equal(
        (await refusal(facilityAdmin, 'person:invite', {}, { ...newPerson(), role })).short,
        'forbidden',
        `a facility's administrator makes no ${role}`,
      );
      const { accountId } = await addPerson(server.database, role, county.facilityId);
      const params = { accountId };
      const person = await facilityAdmin.call('person:read', { params });
      assert.deepEqual(person.actions, [], 'seen as a colleague, and left alone');
      for (const name of ['person:make-link', 'person:disable'] as const)
        assert.equal((await refusal(facilityAdmin, name, params, { reason: 'x' })).short, 'forbidden');
      const { accountId: own } = await addPerson(server.database, 'physician', county.facilityId);
      const body = { ...dataOf(person), role, revision: 1 };
      assert.equal((await refusal(facilityAdmin, 'person:edit', { accountId: own }, body)).short, 'forbidden');
    }
    const choices = await facilityAdmin.call('people:choices');
    assert.deepEqual(
      choices.facilities.map(({ facilityId }) => facilityId).toSorted(),
      [...BELOW_COUNTY].toSorted(),
      'one’s own and what is below it',
    );
    assert.ok(!choices.roles.includes('admin') && choices.roles.includes('facility-admin'));
    assert.equal((await admin.call('people:choices')).facilities.length, listDemoFacilities().length);
  });

  it('[AC3] of a township are those of the county hospital above it; of the hospital are not the township’s', async () => {
    const [township] = [...BELOW_COUNTY].filter((facilityId) => facilityId !== county.facilityId);
    assert.ok(township);
    const { client: townshipAdmin } = await enterPerson(server, 'facility-admin', township);
    const { person } = await facilityAdmin.call('person:invite', { body: newPerson(township) });
    const params = { accountId: person.accountId };
    assert.equal((await townshipAdmin.call('person:read', { params })).login, person.login);
    assert.equal((await facilityAdmin.call('person:disable', { params, body: { reason: '离职' } })).state, 'disabled');
    const { accountId } = await addPerson(server.database, 'physician', county.facilityId);
    assert.equal((await townshipAdmin.ask('person:read', { params: { accountId } })).status, 404);
  });

  it('[AC3] nobody moves a person into a facility that they do not answer for', async () => {
    const { accountId } = await addPerson(server.database, 'physician', county.facilityId);
    const person = await facilityAdmin.call('person:read', { params: { accountId } });
    const body = { ...dataOf(person), facilityId: province.facilityId, revision: 1 };
    assert.equal((await refusal(facilityAdmin, 'person:edit', { accountId }, body)).short, 'not-found');
    const moved = await admin.call('person:edit', { params: { accountId }, body });
    assert.equal(moved.facilityName, province.name);
    assert.equal((await facilityAdmin.ask('person:read', { params: { accountId } })).status, 404);
    const nowhere = { ...body, facilityId: randomUUID(), revision: 2 };
    assert.equal((await refusal(admin, 'person:edit', { accountId }, nowhere)).short, 'invalid-message');
  });

  it('[AC3] that are administered see nothing clinical, and their administrators neither', async () => {
    const common = ['account:manage', 'facility:manage', 'machine:list', 'notice:list'];
    for (const [client, permissions] of [
      [admin, [...common, 'policy:read', 'policy:propose']],
      [facilityAdmin, [...common, 'demonstration:people']],
    ] as const) {
      const seen = (await client.call('session:read')).permissions.filter((one) => !one.includes(':end'));
      assert.deepEqual([...seen].sort(), [...permissions].sort());
      for (const name of ['work-list:read', 'consultations:list', 'audit:list'] as const)
        assert.equal((await client.ask(name)).status, 403, name);
      assert.equal((await client.ask('patients:search', { body: { search: 'zjg' } })).status, 403);
      assert.ok([204, 403].includes((await client.fetch('/dicomweb/studies')).status));
    }
  });

  it('[AC4] [AU5] are out of everything once disabled, with the reason kept and no link left, and come back as they were', async () => {
    const { accountId, login } = await addPerson(server.database, 'specialist');
    const client = await signIn(server.url, login, PERSON_PASSWORD);
    const params = { accountId };
    const { link } = await facilityAdmin.call('person:make-link', { params });
    assert.equal(
      (await refusal(facilityAdmin, 'person:disable', params, { reason: '  ' })).short,
      'invalid-message/reason-missing',
    );
    const disabled = await facilityAdmin.call('person:disable', { params, body: { reason: '调离本院' } });
    assert.deepEqual(
      [disabled.state, disabled.disabledReason, disabled.actions],
      ['disabled', '调离本院', ['edit', 'reactivate']],
    );
    assert.deepEqual((await acts())[0], `account:disable ${accountId}`);
    assert.equal((await client.ask('session:read')).status, 401);
    await assert.rejects(signIn(server.url, login, PERSON_PASSWORD), { status: 401 });
    const set = { secret: link.secret, password: NEW_PASSWORD };
    assert.equal((await refusal(anyone(), 'password:set', {}, set)).short, 'conflict/link-used');
    assert.equal((await refusal(facilityAdmin, 'person:make-link', params)).short, 'conflict/state-not-allowed');
    const back = await facilityAdmin.call('person:reactivate', { params });
    assert.deepEqual([back.state, back.disabledReason], ['active', null]);
    await signIn(server.url, login, PERSON_PASSWORD);
    const trail = await server.database.read.audit.list({ limit: 500 });
    const act = trail.find(({ action, subjectId }) => action === 'account:disable' && subjectId === accountId);
    assert.deepEqual(act?.detail, { reason: '调离本院' });
  });

  it('[AC4] always have one administrator of the platform who can sign in, whoever asks, also two at the same moment', async () => {
    const other = await startServer();
    try {
      const [one, two] = [await enterPerson(other, 'admin'), await enterPerson(other, 'admin')];
      const disable = (by: Client, accountId: string) =>
        by.ask('person:disable', { params: { accountId }, body: { reason: '离职' } });
      const both = await Promise.all([disable(one.client, two.accountId), disable(two.client, one.accountId)]);
      const [left, right] = both.map(({ status }) => status);
      assert.ok(
        (left === 200) !== (right === 200),
        `${left} ${right}: the demonstration's administrator counts for none`,
      );
      const last = left === 200 ? one : two;
      const params = { accountId: last.accountId };
      assert.equal(
        (await refusal(last.client, 'person:disable', params, { reason: 'x' })).short,
        'conflict/last-administrator',
      );
      const person = await last.client.call('person:read', { params });
      const body = { ...dataOf(person), role: 'auditor', revision: person.revision };
      assert.equal((await refusal(last.client, 'person:edit', params, body)).short, 'conflict/last-administrator');
      // Invited is not enough: they have no password yet.
      await last.client.call('person:invite', { body: { ...newPerson(), role: 'admin' } });
      assert.equal((await disable(last.client, last.accountId)).status, 409);
    } finally {
      await other.close();
    }
  });

  it('[AC8] are edited on a revision: the second of two editors is told, and nothing of the first is lost', async () => {
    const { accountId } = await addPerson(server.database, 'physician');
    const params = { accountId };
    const person = await facilityAdmin.call('person:read', { params });
    const edit = (part: object) => ({ params, body: { ...dataOf(person), revision: person.revision, ...part } });
    const saved = await facilityAdmin.call('person:edit', edit({ title: '副主任医师' }));
    assert.deepEqual([saved.title, saved.revision], ['副主任医师', person.revision + 1]);
    assert.equal(
      (await refusal(admin, 'person:edit', params, edit({ name: '钱二' }).body)).short,
      'conflict/version-outdated',
    );
    const now = await admin.call('person:read', { params });
    assert.deepEqual([now.name, now.title], [person.name, '副主任医师']);
    const entry = (await server.database.read.audit.list({ limit: 1 }))[0];
    assert.deepEqual(
      [entry?.action, entry?.detail],
      ['account:edit', { changes: { title: { before: '医师', after: '副主任医师' } } }],
    );
  });

  it('[AC8] have account names of their own, whoever takes one first', async () => {
    const wanted = newPerson();
    const both = await Promise.all([admin, facilityAdmin].map((one) => one.ask('person:invite', { body: wanted })));
    assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409]);
    const taken = await refusal(admin, 'person:invite', {}, { ...wanted, login: wanted.login.toUpperCase() });
    assert.deepEqual([taken.short, taken.fields], ['conflict/login-taken', ['login']]);
    for (const login of ['王芳', 'a', 'with space', '-x', 'x'.repeat(65)])
      assert.equal((await refusal(admin, 'person:invite', {}, { ...wanted, login })).short, 'invalid-message', login);
  });

  it('[AC9] of the demonstration stay as they are: nobody makes a public password somebody’s own', async () => {
    const demo = (await admin.call('people:list', { query: { search: 'county-doctor' } })).people[0];
    assert.ok(demo);
    assert.deepEqual(demo.actions, []);
    const params = { accountId: demo.accountId };
    for (const [name, body] of [
      ['person:edit', { ...dataOf(demo), revision: demo.revision }],
      ['person:make-link', {}],
      ['person:disable', { reason: 'x' }],
      ['person:reactivate', {}],
    ] as const)
      assert.equal((await refusal(admin, name, params, body)).short, 'forbidden/demo-account', name);
    const doctor = await server.signIn('county-doctor');
    const change = { oldPassword: 'huizhen-demo', newPassword: NEW_PASSWORD };
    assert.equal((await refusal(doctor, 'password:change', {}, change)).short, 'forbidden/demo-account');
  });
});
