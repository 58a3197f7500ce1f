import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Machines1700000000131 } from '../../../server/database/migrations/0131-machines.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import type { Machine } from '../../../server/machines/machine.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { openOlderDatabase } from '../../support/older-database.ts';

const WITH = migrations.slice(0, migrations.indexOf(Machines1700000000131) + 1);
const AT = '2026-11-30T01:02:03.004Z';

eachDatabase('a database that learns of programs', (open, newUrl) => {
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
});
