import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** Video or written consultation, and when the two sides have met. */
export class ServiceForms1700000000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, instant, long } = tableColumns(runner);
    await runner.addColumns('consultation', [
      new TableColumn(code('serviceForm', 16, { default: "'video'" })),
      new TableColumn(long('formChange', { isNullable: true })),
      new TableColumn(instant('metAt', { isNullable: true })),
    ]);
    // Until now a call that was started counted as the meeting.
    await runner.query(
      'UPDATE consultation SET metAt = (SELECT MIN(c.startedAt) FROM consultation_call c ' +
        'WHERE c.consultationId = consultation.consultationId) ' +
        "WHERE state IN ('in-consultation', 'issued', 'acknowledged')",
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns('consultation', ['serviceForm', 'formChange', 'metAt']);
  }
}
