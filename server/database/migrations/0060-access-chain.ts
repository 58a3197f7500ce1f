import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { type AccessEntry, GENESIS_HASH, hashAccess } from '../../audit/chain.ts';
import { tableColumns } from '../columns.ts';

const ACCESS_HEAD_ID = 2;
const BATCH = 500;

/** Reads are chained as acts are. Those of before are chained as they are found, numbered without gaps. */
export class AccessChain1700000000060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code } = tableColumns(runner);
    await runner.addColumns('access_entry', [
      new TableColumn(code('previousHash', 64, { default: "''" })),
      new TableColumn(code('hash', 64, { default: "''" })),
    ]);
    const head = await chainFound(runner);
    await runner.manager.insert('audit_head', { headId: ACCESS_HEAD_ID, ...head });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM audit_head WHERE headId = ?', [ACCESS_HEAD_ID]);
    await runner.dropColumns('access_entry', ['previousHash', 'hash']);
  }
}

async function chainFound(runner: QueryRunner): Promise<{ sequence: number; hash: string }> {
  let head = { sequence: 0, hash: GENESIS_HASH };
  let after = 0;
  for (;;) {
    const found: (AccessEntry & { position: number | string })[] = await runner.query(
      `SELECT * FROM access_entry WHERE position > ? ORDER BY position LIMIT ${BATCH}`,
      [after],
    );
    for (const { position: from, ...entry } of found) {
      const position = head.sequence + 1;
      const hash = hashAccess({ ...entry, position }, head.hash);
      await runner.query('UPDATE access_entry SET position = ?, previousHash = ?, hash = ? WHERE position = ?', [
        position,
        head.hash,
        hash,
        from,
      ]);
      head = { sequence: position, hash };
      after = Number(from);
    }
    if (found.length < BATCH) return head;
  }
}
