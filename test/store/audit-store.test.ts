import assert from 'node:assert/strict';
import { findBreak } from '../../server/audit/chain.ts';
import { recordAct } from '../../server/audit/record.ts';
import type { Database } from '../../server/database/database.ts';
import { eachDatabase } from '../support/each-database.ts';

const context = { caller: null, requestId: 'request', at: new Date('2026-01-02T03:04:05.678Z') };
const act = (number: number) => ({
  action: 'test:act',
  subjectKind: 'thing',
  subjectId: String(number),
  detail: { 名称: '值', number },
});

async function brokenAt(database: Database): Promise<number | null> {
  const head = await database.read.audit.head();
  return findBreak(database.read.audit.walk(head.sequence), head);
}

eachDatabase('the audit trail', (open) => {
  it('is one unbroken chain when many people act at the same time and some of it fails', async () => {
    const database = await open();
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, (_, number) =>
        database.write(async (stores) => {
          await recordAct(stores.audit, context, act(number));
          if (number % 10 === 3) throw new Error('the act itself failed');
        }),
      ),
    );
    assert.equal(results.filter((result) => result.status === 'rejected').length, 4);
    assert.equal((await database.read.audit.head()).sequence, 36);
    assert.equal(await brokenAt(database), null);
  });

  it('reads back what was written, newest first, page by page', async () => {
    const database = await open();
    for (const number of [1, 2, 3]) await database.write((stores) => recordAct(stores.audit, context, act(number)));
    const [third, second] = await database.read.audit.list({ limit: 2 });
    assert.deepEqual([third?.sequence, second?.sequence], [3, 2]);
    assert.deepEqual(third?.detail, { 名称: '值', number: 3 });
    const rest = await database.read.audit.list({ limit: 2, before: 2 });
    assert.deepEqual(
      rest.map((entry) => entry.sequence),
      [1],
    );
  });

  const tamperings: Record<string, { statements: string[]; brokenAt: number }> = {
    'a changed detail': {
      statements: [`UPDATE audit_entry SET detail = '{"number":7}' WHERE sequence = 2`],
      brokenAt: 2,
    },
    'a changed actor': {
      statements: [`UPDATE audit_entry SET actorId = 'somebody else' WHERE sequence = 3`],
      brokenAt: 3,
    },
    'a removed entry': { statements: ['DELETE FROM audit_entry WHERE sequence = 2'], brokenAt: 2 },
    'the newest entry cut off': { statements: ['DELETE FROM audit_entry WHERE sequence = 4'], brokenAt: 4 },
    'two entries in the other order': {
      statements: [
        'UPDATE audit_entry SET sequence = 99 WHERE sequence = 2',
        'UPDATE audit_entry SET sequence = 2 WHERE sequence = 3',
        'UPDATE audit_entry SET sequence = 3 WHERE sequence = 99',
      ],
      brokenAt: 2,
    },
  };
  for (const [title, { statements, brokenAt: expected }] of Object.entries(tamperings)) {
    it(`finds ${title}`, async () => {
      const database = await open();
      for (const number of [1, 2, 3, 4])
        await database.write((stores) => recordAct(stores.audit, context, act(number)));
      assert.equal(await brokenAt(database), null);
      for (const statement of statements) await database.query(statement);
      assert.equal(await brokenAt(database), expected);
    });
  }
});
