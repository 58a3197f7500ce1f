import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { MachineScope } from '../../../server/contract/index.ts';
import { Machines1700000000131 } from '../../../server/database/migrations/0131-machines.ts';
import { ConfirmedMachines1700000000182 } from '../../../server/database/migrations/0182-confirmed-machines.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import type { Machine } from '../../../server/machines/machine.ts';
import { addPerson } from '../../support/add-person.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { openOlderDatabase } from '../../support/older-database.ts';

const WITH = migrations.slice(0, migrations.indexOf(Machines1700000000131) + 1);
const AT = '2026-11-30T01:02:03.004Z';

eachDatabase('a database that learns of machines', (open, newUrl) => {
  it('finds one by the hash of its token, revokes it once, and forgets them on the way back', async () => {
    const url = await newUrl();
    const database = await open(url);
    const [here, there] = [demoFacilities.county.facilityId, demoFacilities.province.facilityId];
    const machine: Machine = {
      machineId: randomUUID(),
      facilityId: here,
      name: '放射科 𠮷 网关',
      scopes: ['archive:read', 'archive:write'],
      secretHash: 'a'.repeat(64),
      madeAt: AT,
      madeBy: randomUUID(),
      expiresAt: '2027-11-30T01:02:03.004Z',
      usedAt: null,
      revokedAt: null,
      revokedBy: null,
      confirmedAt: null,
      confirmedBy: null,
    };
    const other = { ...machine, machineId: randomUUID(), facilityId: there, secretHash: 'b'.repeat(64) };
    await database.write(async ({ facilities, machines }) => {
      for (const facilityId of [here, there])
        await facilities.insert({ facilityId, name: '医院', tier: 'county', region6: '230125', specialties: [] });
      await machines.insert(machine);
      await machines.insert({ ...other, madeAt: '2026-12-01T01:02:03.004Z' });
    });
    const { machines } = database.read;
    assert.deepEqual(await machines.findByHash('a'.repeat(64)), machine);
    assert.equal(await machines.findByHash('c'.repeat(64)), undefined);
    assert.deepEqual(
      (await machines.list('all')).map(({ facilityId }) => facilityId),
      [there, here],
    );
    assert.deepEqual(await machines.list([here]), [machine]);
    assert.deepEqual(await machines.list([]), []);
    await assert.rejects(database.write((stores) => stores.machines.insert({ ...machine, machineId: randomUUID() })));
    const by = { revokedAt: AT, revokedBy: randomUUID() };
    const done = await database.write(async (stores) => {
      await stores.machines.noteUse(machine.machineId, AT);
      return [
        await stores.machines.revoke(machine.machineId, by),
        await stores.machines.revoke(machine.machineId, { ...by, revokedBy: randomUUID() }),
      ];
    });
    assert.deepEqual(done, [true, false]);
    assert.deepEqual(await machines.findMany([machine.machineId]), [{ ...machine, ...by, usedAt: AT }]);

    const source = await openOlderDatabase(url, WITH);
    await source.query('DELETE FROM migrations WHERE timestamp > 1700000000131');
    await source.undoLastMigration();
    await assert.rejects(source.query('SELECT * FROM machine'));
    const [count] = (await source.query('SELECT COUNT(*) AS n FROM facility')) as { n: number | string }[];
    assert.equal(Number(count?.n), 2);
    await source.destroy();
  });

  it('lets machines of before go on that a facility’s administrator made, and none that reads by the platform’s', async () => {
    const url = await newUrl();
    const database = await open(url);
    const { facilityId } = demoFacilities.county;
    await database.write(({ facilities }) =>
      facilities.insert({ facilityId, name: '医院', tier: 'county', region6: '230125', specialties: [] }),
    );
    const { accountId: platform } = await addPerson(database, 'admin');
    const { accountId: administrator } = await addPerson(database, 'facility-admin');
    const hashes = { platform: 'a', administrator: 'b', storing: 'c' };
    const put = (hash: string, madeBy: string, scopes: MachineScope[]) =>
      database.write(({ machines }) =>
        machines.insert({
          machineId: randomUUID(),
          facilityId,
          name: '网关',
          scopes,
          secretHash: hash,
          madeAt: AT,
          madeBy,
          expiresAt: AT,
          usedAt: null,
          revokedAt: null,
          revokedBy: null,
          confirmedAt: null,
          confirmedBy: null,
        }),
      );
    await put(hashes.platform, platform, ['archive:read']);
    await put(hashes.administrator, administrator, ['archive:read', 'archive:write']);
    await put(hashes.storing, administrator, ['archive:write']);
    const source = await openOlderDatabase(url, migrations);
    const steps = migrations.length - migrations.indexOf(ConfirmedMachines1700000000182);
    for (let step = 0; step < steps; step += 1) await source.undoLastMigration();
    await source.destroy();
    const { machines } = (await open(url)).read;
    const confirmedAt = async (hash: string) => (await machines.findByHash(hash))?.confirmedAt;
    assert.deepEqual([await confirmedAt('a'), await confirmedAt('b'), await confirmedAt('c')], [null, AT, null]);
  });
});
