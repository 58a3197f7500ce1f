import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { GENESIS_HASH } from '../../audit/chain.ts';
import { tableColumns } from '../columns.ts';

export class Audit1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant, integer, long } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'audit_entry',
        columns: [
          integer('sequence', { isPrimary: true }),
          instant('at'),
          id('actorId', { isNullable: true }),
          id('facilityId', { isNullable: true }),
          code('action'),
          code('subjectKind', 32),
          code('subjectId', 128),
          id('consultationId', { isNullable: true }),
          long('detail'),
          code('requestId'),
          code('previousHash'),
          code('hash'),
        ],
        indices: [
          { name: 'audit_entry_consultation', columnNames: ['consultationId'] },
          { name: 'audit_entry_actor', columnNames: ['actorId'] },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'audit_head',
        columns: [integer('headId', { isPrimary: true }), integer('sequence'), code('hash')],
      }),
    );
    await runner.manager.insert('audit_head', { headId: 1, sequence: 0, hash: GENESIS_HASH });
    await runner.createTable(
      new Table({
        name: 'access_entry',
        columns: [
          integer('position', { isPrimary: true, isGenerated: true, generationStrategy: 'increment' }),
          id('accessId'),
          instant('at'),
          id('actorId'),
          id('facilityId'),
          code('basis', 32),
          code('subjectKind', 32),
          code('subjectId', 128),
          id('consultationId', { isNullable: true }),
        ],
        indices: [
          { name: 'access_entry_consultation', columnNames: ['consultationId'] },
          { name: 'access_entry_actor', columnNames: ['actorId'] },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['access_entry', 'audit_head', 'audit_entry']) await runner.dropTable(table);
  }
}
