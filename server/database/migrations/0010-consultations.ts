import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

export class Consultations1700000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant, integer, long, text } = tableColumns(runner);
    const toConsultation = {
      columnNames: ['consultationId'],
      referencedTableName: 'consultation',
      referencedColumnNames: ['consultationId'],
    };
    await runner.createTable(
      new Table({ name: 'counter', columns: [code('name', 128, { isPrimary: true }), integer('lastValue')] }),
    );
    await runner.createTable(
      new Table({
        name: 'patient',
        columns: [id('patientId', { isPrimary: true }), id('facilityId'), code('idNumberIndex'), instant('createdAt')],
        uniques: [{ name: 'patient_identity', columnNames: ['facilityId', 'idNumberIndex'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'consultation',
        columns: [
          id('consultationId', { isPrimary: true }),
          code('caseNumber', 32, { isUnique: true }),
          code('state', 32),
          integer('version'),
          id('patientId', { isNullable: true }),
          long('patient'),
          long('question'),
          long('historySummary'),
          long('diagnosis'),
          id('invitedFacilityId', { isNullable: true }),
          text('wantedSpecialty', 64),
          code('urgency', 16, { isNullable: true }),
          long('consent', { isNullable: true }),
          id('requesterId'),
          id('requesterFacilityId'),
          id('specialistId', { isNullable: true }),
          long('reason'),
          instant('createdAt'),
          instant('submittedAt', { isNullable: true }),
          instant('acceptedAt', { isNullable: true }),
          instant('issuedAt', { isNullable: true }),
          instant('changedAt'),
        ],
        foreignKeys: [
          {
            columnNames: ['patientId'],
            referencedTableName: 'patient',
            referencedColumnNames: ['patientId'],
          },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'consultation_grant',
        columns: [
          id('grantId', { isPrimary: true }),
          id('consultationId'),
          id('accountId'),
          id('facilityId'),
          code('basis', 32),
          instant('fromAt'),
          instant('endedAt', { isNullable: true }),
        ],
        foreignKeys: [toConsultation],
        indices: [
          { name: 'consultation_grant_account', columnNames: ['accountId', 'consultationId'] },
          { name: 'consultation_grant_consultation', columnNames: ['consultationId'] },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'consultation_call',
        columns: [
          id('callId', { isPrimary: true }),
          id('consultationId'),
          /** The case's id while the call is on, null after: at most one call of a case is on. */
          id('activeConsultationId', { isNullable: true, isUnique: true }),
          instant('startedAt'),
          id('startedBy'),
          instant('endedAt', { isNullable: true }),
        ],
        foreignKeys: [toConsultation],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'call_ring_stop',
        columns: [id('callId', { isPrimary: true }), id('accountId', { isPrimary: true }), instant('at')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'call_ring_stop',
      'consultation_call',
      'consultation_grant',
      'consultation',
      'patient',
      'counter',
    ])
      await runner.dropTable(table);
  }
}
