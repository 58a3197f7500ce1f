import assert from 'node:assert/strict';
import { type Confirming, requireConfirmingMachine } from '../../../server/access/machines.ts';
import type { MachineScope, Role, RouteName } from '../../../server/contract/index.ts';
import { demoFacilityId } from '../../../server/demo/facilities.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { enterPerson } from '../../support/add-person.ts';
import { readAdministrationTable, statusesOf } from '../../support/administration-table.ts';
import type { Client } from '../../support/client.ts';
import { refusal } from '../../support/refusal.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const THERE = demoFacilities.county.facilityId;
const ABOVE = demoFacilities.province.facilityId;
const ELSEWHERE = demoFacilityId(22);
const DAY_MS = 86_400_000;

describe('a machine’s token that reads pictures', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let now = Date.now();
  let maker: Awaited<ReturnType<typeof enterPerson>>;
  const clients = new Map<string, Client>();
  const get = (who: string): Client => {
    const client = clients.get(who);
    assert.ok(client, who);
    return client;
  };
  const enter = async (role: Role, facilityId: string) => (await enterPerson(server, role, facilityId)).client;
  async function enterAll() {
    maker = await enterPerson(server, 'facility-admin', THERE);
    clients.set('whoever made it', maker.client);
    clients.set('another administrator there', await enter('facility-admin', THERE));
    clients.set('administrator from above', await enter('facility-admin', ABOVE));
    clients.set('system administrator', await enter('admin', ELSEWHERE));
    clients.set('coordinator there', await enter('coordinator', THERE));
    clients.set('coordinator elsewhere', await enter('coordinator', ELSEWHERE));
    clients.set('everybody else', await enter('physician', THERE));
  }
  before(async () => {
    server = await startServer({ clock: () => new Date(now) });
    await enterAll();
  });
  after(() => server?.close());

  const make = (scopes: MachineScope[] = ['archive:read']) =>
    maker.client.call('machine:make', { body: { facilityId: THERE, name: '影像网关', scopes, days: 30 } });
  async function read({ token }: { token: string }): Promise<string> {
    const answer = await fetch(`${server.url}/dicomweb/studies`, { headers: { authorization: `Bearer ${token}` } });
    if (answer.ok) return 'read';
    const { code, reason } = (await answer.json()) as { code: string; reason?: string };
    return [code, reason].filter(Boolean).join('/');
  }

  it('[MA7] is confirmed, looked up and revoked by whom the text says, cell by cell', async () => {
    const rows = await readAdministrationTable('act on a token that reads');
    assert.equal(rows.size, 3);
    const wrong: string[] = [];
    for (const [act, row] of rows)
      for (const [who, word] of Object.entries(row)) {
        const { machineId } = (await make()).machine;
        const { status } = await get(who).ask(act as RouteName, { params: { machineId } });
        if (!statusesOf(word).includes(status)) wrong.push(`${act} as ${who}: ${status}`);
      }
    assert.deepEqual(wrong, []);
  });

  it('[MA7] opens nothing, of no scope, until a second person has confirmed it, and then what it says', async () => {
    const made = await make(['archive:read', 'archive:write']);
    const { machineId } = made.machine;
    assert.deepEqual([made.machine.state, made.machine.mayConfirm], ['unconfirmed', false]);
    assert.equal(await read(made), 'forbidden/machine-unconfirmed');
    const coordinator = get('coordinator there');
    const listed = (await coordinator.call('machines:list')).find((one) => one.machineId === machineId);
    assert.deepEqual([listed?.mayConfirm, listed?.mayRevoke], [true, false]);
    // The clock of these tests stands still: which notice is the latest is open.
    const notice = (await coordinator.call('notices:list')).notices.find((one) => one.machine?.machineId === machineId);
    assert.deepEqual(
      [notice?.kind, notice?.machine?.machineId, notice?.machine?.awaits],
      ['machine-made', machineId, true],
    );
    assert.ok(!(await maker.client.call('notices:list')).notices.some((one) => one.machine?.machineId === machineId));
    const confirmed = await coordinator.call('machine:confirm', { params: { machineId } });
    assert.deepEqual([confirmed.state, confirmed.confirmedBy], ['active', '钱一']);
    assert.equal(await read(made), 'read');
    assert.equal((await refusal(coordinator, 'machine:confirm', { machineId })).short, 'conflict/state-not-allowed');
    const history = await maker.client.call('machine:history', { params: { machineId } });
    assert.deepEqual(
      history.map(({ action }) => action),
      ['machine:confirm', 'machine:make'],
    );
  });

  it('[MA7] is no matter of the platform’s administrator, who sees no pictures and makes only what stores them', async () => {
    const body = { facilityId: THERE, name: '网关', scopes: ['archive:read', 'archive:write'], days: 30 };
    const admin = get('system administrator');
    assert.equal((await refusal(admin, 'machine:make', {}, body)).short, 'forbidden/machine-reading');
    assert.deepEqual((await admin.call('people:choices')).machineScopes, ['archive:write']);
    const made = await admin.call('machine:make', { body: { ...body, scopes: ['archive:write'] } });
    assert.deepEqual([made.machine.state, made.machine.confirmUntil], ['active', null]);
    const { machineId } = made.machine;
    const notice = (await maker.client.call('notices:list')).notices.find(
      (one) => one.machine?.machineId === machineId,
    );
    assert.equal(notice?.machine?.awaits, false);
  });

  it('[MA7] is not confirmed by its maker in another appointment, by a public password, nor after seven days', async () => {
    const machine = { facilityId: THERE, revokedAt: null };
    const caller = { accountId: maker.accountId, role: 'coordinator' as const, facilityId: THERE };
    const real = { accountId: maker.accountId, isDemo: false };
    const refuse = (by: Confirming) =>
      assert.throws(() => requireConfirmingMachine(by, machine, 'unconfirmed'), { code: 'forbidden' });
    refuse({ caller, remit: [], isDemo: false, madeBy: real });
    refuse({ caller: { ...caller, accountId: 'another' }, remit: [], isDemo: true, madeBy: real });
    requireConfirmingMachine(
      { caller: { ...caller, accountId: 'another' }, remit: [], isDemo: false, madeBy: real },
      machine,
      'unconfirmed',
    );

    const made = await make();
    now += 7 * DAY_MS;
    await enterAll();
    const params = { machineId: made.machine.machineId };
    assert.equal((await refusal(get('coordinator there'), 'machine:confirm', params)).short, 'conflict/machine-lapsed');
    assert.equal(await read(made), 'forbidden/machine-unconfirmed');
  });
});
