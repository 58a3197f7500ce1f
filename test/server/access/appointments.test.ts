import assert from 'node:assert/strict';
import { demoFacilityId } from '../../../server/demo/facilities.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { addAdministrator } from '../../support/add-administrator.ts';
import { addAppointment } from '../../support/add-appointment.ts';
import { addPerson, enterPerson } from '../../support/add-person.ts';
import { readAdministrationTable, statusesOf } from '../../support/administration-table.ts';
import type { Answer, Client } from '../../support/client.ts';
import { refusal } from '../../support/refusal.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const HOME = demoFacilities.county.facilityId;
/** Neither of these lies above the other. */
const OTHER = demoFacilityId(22);
const FOREIGN = demoFacilityId(12);
const DATA = {
  department: null,
  role: 'physician',
  title: '医师',
  specialty: null,
  fromDay: null,
  toDay: null,
} as const;

interface Target {
  accountId: string;
  login: string;
  name: string;
  /** At the other facility. */
  appointmentId: string;
}

describe('who administers a person of two facilities', function () {
  this.timeout(240_000);
  let server: RunningServer;
  const clients = new Map<string, Client>();
  const get = (who: string): Client => {
    const client = clients.get(who);
    assert.ok(client, who);
    return client;
  };
  before(async () => {
    server = await startServer();
    clients.set('system', (await enterPerson(server, 'admin', FOREIGN)).client);
    clients.set('home', (await addAdministrator(server, HOME)).client);
    clients.set('other', (await addAdministrator(server, OTHER)).client);
    clients.set('foreign', (await addAdministrator(server, FOREIGN)).client);
    clients.set('everybody else', (await enterPerson(server, 'physician', HOME)).client);
  });
  after(() => server?.close());

  async function someone(further: Parameters<typeof addAppointment>[1]['role'] = 'specialist'): Promise<Target> {
    const { accountId, login } = await addPerson(server.database, 'physician', HOME, '林双');
    const appointmentId = await addAppointment(server.database, { accountId, facilityId: OTHER, role: further });
    return { accountId, login, name: '林双', appointmentId };
  }
  const onAppointment =
    (name: 'appointment:edit' | 'appointment:end' | 'appointment:resume', isMain: boolean) =>
    async (client: Client, { accountId, appointmentId }: Target) => {
      const params = { appointmentId: isMain ? accountId : appointmentId };
      const isResumed = name === 'appointment:resume';
      if (isResumed) await get('system').call('appointment:end', { params, body: { revision: 1 } });
      const revision = isResumed ? 2 : 1;
      return client.ask(name, { params, body: name === 'appointment:edit' ? { ...DATA, revision } : { revision } });
    };
  const ACTS: Record<string, (client: Client, target: Target) => Promise<Answer<unknown>>> = {
    'person:read': (client, { accountId }) => client.ask('person:read', { params: { accountId } }),
    'person:history': (client, { accountId }) => client.ask('person:history', { params: { accountId } }),
    'person:edit (name and main appointment)': (client, { accountId }) =>
      client.ask('person:edit', {
        params: { accountId },
        body: { name: '林双', title: '', role: 'physician', specialty: null, facilityId: HOME, revision: 1 },
      }),
    'person:make-link': (client, { accountId }) => client.ask('person:make-link', { params: { accountId } }),
    'person:disable': (client, { accountId }) =>
      client.ask('person:disable', { params: { accountId }, body: { reason: '离职' } }),
    async 'person:reactivate'(client, { accountId }) {
      const params = { accountId };
      await get('system').call('person:disable', { params, body: { reason: '离职' } });
      return client.ask('person:reactivate', { params });
    },
    'appointment:add (at the other facility)': (client, { login, name }) =>
      client.ask('appointment:add', { body: { ...DATA, login, name, facilityId: OTHER } }),
    'appointment:edit (the other one)': onAppointment('appointment:edit', false),
    'appointment:end (the other one)': onAppointment('appointment:end', false),
    'appointment:resume (the other one)': onAppointment('appointment:resume', false),
    'appointment:edit (the main one)': onAppointment('appointment:edit', true),
    'appointment:end (the main one)': onAppointment('appointment:end', true),
    'appointment:resume (the main one)': onAppointment('appointment:resume', true),
  };

  it('[AP5] is what every cell of the text says, over the network', async () => {
    const rows = await readAdministrationTable('act on a person of two facilities');
    assert.deepEqual([...rows.keys()].sort(), Object.keys(ACTS).sort());
    const wrong: string[] = [];
    for (const [act, row] of rows)
      for (const [who, word] of Object.entries(row)) {
        const { status } = (await ACTS[act]?.(get(who), await someone())) ?? { status: 0 };
        if (!statusesOf(word).includes(status)) wrong.push(`${act} as ${who}: ${status}`);
      }
    assert.deepEqual(wrong, []);
    assert.equal(rows.size * clients.size, 65);
  });

  it('[AP5] shows the other facility’s administrator that appointment, and of the account its name and state', async () => {
    const { accountId, appointmentId } = await someone();
    const params = { accountId };
    const seen = await get('other').call('person:read', { params });
    assert.deepEqual(
      [seen.role, seen.facilityId, seen.isOurs, seen.actions, seen.signedInAt, seen.hasSecondFactor],
      ['specialist', OTHER, false, [], null, null],
    );
    assert.deepEqual(
      seen.appointments.map((one) => [one.appointmentId, one.isMain, one.actions]),
      [[appointmentId, false, ['edit', 'end']]],
    );
    const ofHome = await get('home').call('person:read', { params });
    assert.deepEqual([ofHome.role, ofHome.isOurs, ofHome.appointments.length], ['physician', true, 1]);
    assert.equal((await get('system').call('person:read', { params })).appointments.length, 2);
    const listed = async (who: string) =>
      (await get(who).call('people:list', { query: { search: '林双', limit: '100' } })).people.some(
        (one) => one.accountId === accountId,
      );
    assert.deepEqual(
      await Promise.all(['home', 'other', 'foreign'].map(listed)),
      [true, true, false],
      'in the lists of those who see them',
    );
  });

  it('[AP5] whoever is an administrator elsewhere is nobody’s to take over from below', async () => {
    const { accountId } = await someone('facility-admin');
    const params = { accountId };
    for (const name of ['person:make-link', 'person:disable'] as const)
      assert.equal((await refusal(get('home'), name, params, { reason: '离职' })).short, 'forbidden');
    assert.deepEqual((await get('home').call('person:read', { params })).actions, []);
    assert.equal((await get('system').ask('person:make-link', { params })).status, 201);
  });

  it('[AP6] a further appointment needs account and name, and tells no more than whether both fit', async () => {
    const { login, accountId } = await addPerson(server.database, 'physician', HOME, '高远');
    const body = { ...DATA, facilityId: OTHER, login, name: '高远' };
    const client = get('other');
    for (const wrong of [
      { ...body, name: '高原' },
      { ...body, login: 'nobody-at-all' },
    ])
      assert.equal((await refusal(client, 'appointment:add', {}, wrong)).short, 'not-found/person-unknown');
    assert.deepEqual((await refusal(client, 'appointment:add', {}, { ...body, department: '没有这个科室' })).fields, [
      'department',
    ]);
    const days = await refusal(client, 'appointment:add', {}, { ...body, fromDay: '2026-12-02', toDay: '2026-12-01' });
    assert.equal(days.short, 'invalid-message');
    const added = await client.call('appointment:add', { body: { ...body, fromDay: '2999-01-01' } });
    assert.deepEqual([added.name, added.appointments[0]?.state], ['高远', 'upcoming']);
    const [act] = await server.database.read.audit.list({ limit: 1 });
    assert.deepEqual([act?.action, act?.detail['accountId']], ['appointment:add', accountId]);
  });

  it('[AP6] nobody appoints themselves, and none of the platform’s three is anything else besides', async () => {
    const own = await addAdministrator(server, OTHER);
    const body = { ...DATA, facilityId: OTHER, login: own.login, name: '冯守正' };
    assert.equal((await refusal(own.client, 'appointment:add', {}, body)).short, 'forbidden');
    const { login } = await addPerson(server.database, 'auditor', HOME, '高远');
    assert.equal(
      (await refusal(get('system'), 'appointment:add', {}, { ...body, login, name: '高远' })).short,
      'conflict/roles-not-apart',
    );
    const { accountId } = await someone();
    const edit = { name: '林双', title: '', role: 'auditor', specialty: null, facilityId: HOME, revision: 1 };
    assert.equal((await refusal(get('system'), 'person:edit', { accountId }, edit)).short, 'conflict/roles-not-apart');
  });

  it('[AP6] of two who change one appointment the second is told, and nothing is lost', async () => {
    const { appointmentId } = await someone();
    const params = { appointmentId };
    const body = { ...DATA, revision: 1 };
    await get('other').call('appointment:edit', { params, body: { ...body, title: '副主任医师' } });
    assert.equal((await refusal(get('system'), 'appointment:edit', params, body)).short, 'conflict/version-outdated');
    const stored = await server.database.read.accounts.findAppointment(appointmentId);
    assert.deepEqual([stored?.title, stored?.revision], ['副主任医师', 2]);
  });
});
