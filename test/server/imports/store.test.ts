import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { ImportRow } from '../../../server/contract/index.ts';
import type { Database } from '../../../server/database/database.ts';
import { Imports1700000000120 } from '../../../server/database/migrations/0120-imports.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import type { KeptImport } from '../../../server/imports/store.ts';
import { addPerson } from '../../support/add-person.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { openOlderDatabase } from '../../support/older-database.ts';

const { county } = demoFacilities;
const at = (minute: number) => new Date(Date.UTC(2026, 10, 30, 8, minute)).toISOString();

function keptImport(accountId: string, expiresAt: string): KeptImport {
  return {
    importId: randomUUID(),
    accountId,
    kind: 'people',
    fileName: '人员（𠮷）.xlsx',
    sha256: 'a'.repeat(64),
    columns: ['name', 'login'],
    ignoredColumns: ['电话'],
    counts: { new: 1, changed: 0, unchanged: 0, faulty: 1 },
    steps: [
      {
        line: 2,
        act: 'add-person',
        accountId: randomUUID(),
        person: {
          name: '𠮷野',
          login: 'jiye',
          title: '',
          role: 'trainee',
          specialty: null,
          facilityId: county.facilityId,
        },
      },
    ],
    doneSteps: 0,
    createdAt: at(0),
    expiresAt,
  };
}

const ROWS: ImportRow[] = [
  { line: 2, state: 'new', cells: ['𠮷野', 'jiye'], faults: [], changes: [] },
  {
    line: 3,
    state: 'faulty',
    cells: ['', 'x'],
    faults: [{ column: 'name', reason: 'missing', line: null }],
    changes: [],
  },
];

const UP_TO_IMPORTS = migrations.slice(0, migrations.indexOf(Imports1700000000120) + 1);

eachDatabase('the store of imports', (open, newUrl) => {
  async function world(url?: string): Promise<{ database: Database; accountId: string }> {
    const database = await open(url);
    await database.write((stores) => stores.facilities.insert(county));
    return { database, accountId: (await addPerson(database, 'facility-admin')).accountId };
  }

  it('keeps what was shown as it was shown, and of two who go on with it lets one', async () => {
    const { database, accountId } = await world();
    const kept = keptImport(accountId, at(30));
    await database.write(({ imports }) => imports.insert({ ...kept, rows: ROWS }));
    assert.deepEqual(await database.read.imports.findRows(kept.importId), ROWS);
    assert.deepEqual(await database.read.imports.find(kept.importId), kept);
    const advance = () => database.write(({ imports }) => imports.advance(kept.importId, 0, 1));
    assert.deepEqual([await advance(), await advance()], [true, false]);
    assert.equal((await database.read.imports.find(kept.importId))?.doneSteps, 1);
  });

  it('forgets what an administrator was shown before, and whatever has expired, of others too', async () => {
    const { database, accountId } = await world();
    const other = (await addPerson(database, 'facility-admin')).accountId;
    const [own, expired, others] = [keptImport(accountId, at(30)), keptImport(other, at(5)), keptImport(other, at(6))];
    await database.write(async ({ imports }) => {
      for (const one of [own, expired, others]) await imports.insert({ ...one, rows: ROWS });
      await imports.forget(accountId, at(5));
    });
    const left = await Promise.all([own, expired, others].map(({ importId }) => database.read.imports.find(importId)));
    assert.deepEqual(left, [undefined, undefined, others]);
  });

  it('goes with what was kept when its table is taken back, and nothing else does; and comes again', async () => {
    const url = await newUrl();
    const { database, accountId } = await world(url);
    const kept = keptImport(accountId, at(30));
    await database.write(({ imports }) => imports.insert({ ...kept, rows: ROWS }));
    const source = await openOlderDatabase(url, UP_TO_IMPORTS);
    await source.query('DELETE FROM migrations WHERE timestamp > 1700000000120');
    await source.undoLastMigration();
    await assert.rejects(source.query('SELECT * FROM kept_import'));
    await source.runMigrations();
    await source.destroy();
    assert.equal(await database.read.imports.find(kept.importId), undefined);
    assert.ok(await database.read.accounts.find(accountId));
  });
});
