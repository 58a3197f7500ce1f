import assert from 'node:assert/strict';
import { Practitioners1700000000170 } from '../../../server/database/migrations/0170-practitioners.ts';
import { SealedPhotographs1700000000193 } from '../../../server/database/migrations/0193-sealed-photographs.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { addPerson } from '../../support/add-person.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { LICENCE } from '../../support/licences.ts';
import { openOlderDatabase } from '../../support/older-database.ts';

const WITH = migrations.slice(0, migrations.indexOf(Practitioners1700000000170) + 1);

eachDatabase('what is on file of practitioners', (open, newUrl) => {
  async function world(url?: string) {
    const database = await open(url);
    const { facilityId } = demoFacilities.county;
    await database.write(({ facilities }) =>
      facilities.insert({ facilityId, name: '医院', tier: 'county', region6: '230125', specialties: [] }),
    );
    return { database, ...(await addPerson(database, 'physician')) };
  }

  it('is kept whole, once a person, and changed only on the revision that it was made on', async () => {
    const { database, accountId } = await world();
    const put = (revision: number, changes = {}) =>
      database.write(({ practitioners }) => practitioners.put({ ...LICENCE, ...changes, accountId, revision }));
    assert.equal(await database.read.practitioners.find(accountId), undefined);
    assert.deepEqual([await put(2), await put(1), await put(1), await put(3)], [false, true, false, false]);
    assert.deepEqual(await database.read.practitioners.find(accountId), { ...LICENCE, accountId, revision: 1 });
    const nothing = { licenceNumber: null, category: null, grade: null, independentSince: null, specialties: [] };
    assert.ok(await put(2, nothing));
    const expected = { ...LICENCE, ...nothing, accountId, revision: 2 };
    assert.deepEqual(await database.read.practitioners.findMany([accountId]), [expected]);
  });

  it('is found by its last day, both ends included; without a number or an end it does not end', async () => {
    const { database } = await world();
    const days = ['2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04', null];
    for (const validTo of days) {
      const { accountId } = await addPerson(database, 'physician');
      await database.write(({ practitioners }) => practitioners.put({ ...LICENCE, validTo, accountId, revision: 1 }));
    }
    const { accountId } = await addPerson(database, 'physician');
    await database.write(({ practitioners }) =>
      practitioners.put({ ...LICENCE, licenceNumber: null, validTo: '2027-01-02', accountId, revision: 1 }),
    );
    const found = await database.read.practitioners.listEnding('2027-01-02', '2027-01-03');
    assert.deepEqual(found.map(({ validTo }) => validTo).sort(), ['2027-01-02', '2027-01-03']);
  });

  it('a photograph takes the place of the one before, and goes', async () => {
    const { database, accountId } = await world();
    const photo = { accountId, sha256: 'a'.repeat(64), data: 'x'.repeat(90_000) };
    await database.write(({ practitioners }) => practitioners.putPhoto(photo));
    await database.write(({ practitioners }) => practitioners.putPhoto({ ...photo, sha256: 'b'.repeat(64) }));
    assert.equal((await database.read.practitioners.findPhoto(accountId))?.data.length, 90_000);
    const hashes = await database.read.practitioners.listPhotoHashes([accountId]);
    assert.deepEqual([...hashes], [[accountId, 'b'.repeat(64)]]);
    const gone = await database.write(async ({ practitioners }) => [
      await practitioners.removePhoto(accountId),
      await practitioners.removePhoto(accountId),
    ]);
    assert.deepEqual(gone, [true, false]);
  });

  it('photographs of earlier versions are sealed, once, and come back as they were', async () => {
    const url = await newUrl();
    const { database, accountId } = await world(url);
    const clear = Buffer.from('a face').toString('base64');
    await database.write(({ practitioners }) =>
      practitioners.putPhoto({ accountId, sha256: 'a'.repeat(64), data: clear }),
    );
    const stored = async () =>
      ((await database.query('SELECT data FROM practitioner_photo')) as { data: string }[]).map(({ data }) => data);
    assert.ok(!(await stored()).includes(clear));
    const source = await openOlderDatabase(url, migrations);
    const migration = new SealedPhotographs1700000000193();
    await migration.down(source.createQueryRunner());
    assert.deepEqual(await stored(), [clear]);
    await migration.up(source.createQueryRunner());
    const [sealed] = await stored();
    await migration.up(source.createQueryRunner());
    assert.deepEqual(await stored(), [sealed], 'what is sealed stays');
    assert.notEqual(sealed, clear);
    assert.equal((await database.read.practitioners.findPhoto(accountId))?.data, clear);
    await source.destroy();
  });

  it('comes and goes with its migration; accounts stay', async () => {
    const url = await newUrl();
    const { database, accountId, login } = await world(url);
    await database.write(async ({ practitioners }) => {
      await practitioners.put({ ...LICENCE, accountId, revision: 1 });
      await practitioners.putPhoto({ accountId, sha256: 'a'.repeat(64), data: 'x' });
      assert.ok(await practitioners.noteReminder(accountId, '2027-01-01', 60, new Date()));
      assert.ok(!(await practitioners.noteReminder(accountId, '2027-01-01', 60, new Date())));
      assert.ok(await practitioners.noteReminder(accountId, '2028-01-01', 60, new Date()), 'a renewed one anew');
    });
    const source = await openOlderDatabase(url, WITH);
    await source.query('DELETE FROM migrations WHERE timestamp > 1700000000170');
    await source.undoLastMigration();
    const [row] = (await source.query('SELECT login FROM account')) as { login: string }[];
    assert.equal(row?.login, login);
    for (const table of ['practitioner', 'practitioner_photo', 'licence_reminder'])
      await assert.rejects(source.query(`SELECT * FROM ${table}`));
    await source.destroy();
  });
});
