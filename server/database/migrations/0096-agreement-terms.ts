import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { tableColumns } from '../columns.ts';
import { type AddedColumn, addColumns, dropColumns } from './add-columns.ts';

const AGREEMENT: AddedColumn[] = [
  { name: 'services', type: 'long' },
  { name: 'responseTimes', type: 'long' },
  { name: 'liabilityText', type: 'long' },
  { name: 'signatures', type: 'long' },
  { name: 'signedCopy', type: 'long' },
  { name: 'predecessorId', type: 'ascii', length: 36 },
  { name: 'endedAt', type: 'ascii', length: 24 },
  { name: 'endReason', type: 'text', length: 1000, default: "''" },
  { name: 'version', type: 'integer', default: '1' },
  { name: 'changedAt', type: 'ascii', length: 24, default: "'1970-01-01T00:00:00.000Z'" },
];
const CONSULTATION: AddedColumn[] = [
  { name: 'terms', type: 'long' },
  { name: 'parties', type: 'long' },
];
/** An agreement has one successor at the most: whoever renews it a second time finds the first renewal. */
const SUCCESSOR = new TableIndex({ name: 'agreement_successor', columnNames: ['predecessorId'], isUnique: true });
const ENDING = new TableIndex({ name: 'agreement_ending', columnNames: ['validTo'] });

/** Agreements were for all kinds of case and said nothing about money; they counted as signed, and go on so. */
const BEFORE = {
  services: '[{"kind":"video","priceFen":null},{"kind":"written","priceFen":null}]',
  responseTimes: JSON.stringify(
    Object.fromEntries(
      ['emergency', 'urgent', 'routine'].map((urgency) => [urgency, { acceptMin: null, answerMin: null }]),
    ),
  ),
  liabilityText: '',
  signatures: '{"inviting":true,"invited":true}',
};

export class AgreementTerms1700000000096 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'agreement', AGREEMENT);
    const set = Object.keys(BEFORE).map((column) => `${column} = ?`);
    await runner.query(`UPDATE agreement SET ${set.join(', ')}`, Object.values(BEFORE));
    for (const index of [SUCCESSOR, ENDING]) await runner.createIndex('agreement', index);
    await addColumns(runner, 'consultation', CONSULTATION);
    const { id, instant, integer } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'agreement_reminder',
        columns: [id('agreementId', { isPrimary: true }), integer('days', { isPrimary: true }), instant('at')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('agreement_reminder');
    const names = (columns: AddedColumn[]) => columns.map(({ name }) => name);
    await dropColumns(runner, 'consultation', names(CONSULTATION));
    for (const index of [SUCCESSOR, ENDING]) await runner.dropIndex('agreement', index);
    await dropColumns(runner, 'agreement', names(AGREEMENT));
  }
}
