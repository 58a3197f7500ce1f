import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/** The orders in which the work list is read, page by page. */
const INDEXES = [
  new TableIndex({ name: 'consultation_created', columnNames: ['createdAt', 'consultationId'] }),
  new TableIndex({ name: 'consultation_changed', columnNames: ['changedAt', 'consultationId'] }),
  new TableIndex({ name: 'consultation_state', columnNames: ['state', 'createdAt'] }),
];

export class WorkList1700000000066 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const index of INDEXES) await runner.createIndex('consultation', index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of INDEXES) await runner.dropIndex('consultation', index);
  }
}
