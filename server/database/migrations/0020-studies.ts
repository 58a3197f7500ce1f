import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

export class Studies1700000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant, integer, text } = tableColumns(runner);
    const isMysql = runner.connection.options.type === 'mysql';
    const key = { isPrimary: true };
    // Identifiers and codes are told apart by letter case (PS3.4 section C.2.2.2.1); names are not.
    const exact = isMysql ? { charset: 'utf8mb4', collation: 'utf8mb4_bin' } : {};
    // This one, since older ones take all rare characters (those beyond the first 65,536) for the same.
    const anyCase = isMysql ? { charset: 'utf8mb4', collation: 'utf8mb4_unicode_520_ci' } : {};
    await runner.createTable(
      new Table({
        name: 'study',
        columns: [
          id('facilityId', key),
          code('studyInstanceUid', 64, key),
          text('patientName', 255, anyCase),
          text('patientId', 128, exact),
          text('patientBirthDate', 16),
          text('patientSex', 16, exact),
          text('studyDate', 16),
          text('studyTime', 32),
          text('studyId', 64, exact),
          text('studyDescription', 255, exact),
          text('accessionNumber', 64, exact),
          text('referringPhysicianName', 255, anyCase),
          instant('storedAt'),
        ],
        indices: [
          { name: 'study_uid', columnNames: ['studyInstanceUid'] },
          { name: 'study_date', columnNames: ['facilityId', 'studyDate', 'studyTime'] },
          { name: 'study_patient', columnNames: ['facilityId', 'patientId'] },
          { name: 'study_accession', columnNames: ['facilityId', 'accessionNumber'] },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'study_series',
        columns: [
          id('facilityId', key),
          code('studyInstanceUid', 64, key),
          code('seriesInstanceUid', 64, key),
          text('modality', 16, exact),
          integer('seriesNumber', { isNullable: true }),
          text('seriesDescription', 255, exact),
          text('bodyPartExamined', 64, exact),
          text('performedStepStartDate', 16),
          text('performedStepStartTime', 32),
        ],
        indices: [
          { name: 'study_series_uid', columnNames: ['seriesInstanceUid'] },
          { name: 'study_series_study', columnNames: ['studyInstanceUid'] },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'study_instance',
        columns: [
          id('facilityId', key),
          code('sopInstanceUid', 64, key),
          code('studyInstanceUid'),
          code('seriesInstanceUid'),
          code('sopClassUid'),
          code('transferSyntaxUid'),
          integer('instanceNumber', { isNullable: true }),
          integer('rows', { isNullable: true }),
          integer('columns', { isNullable: true }),
          integer('bitsAllocated', { isNullable: true }),
          integer('numberOfFrames'),
          code('sha256'),
          integer('sizeBytes'),
          instant('storedAt'),
          id('storedBy'),
        ],
        indices: [
          {
            name: 'study_instance_series',
            columnNames: ['facilityId', 'studyInstanceUid', 'seriesInstanceUid'],
          },
          { name: 'study_instance_uid', columnNames: ['sopInstanceUid'] },
          { name: 'study_instance_hash', columnNames: ['facilityId', 'sha256'] },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'instance_metadata',
        columns: [
          id('facilityId', key),
          code('sopInstanceUid', 64, key),
          { name: 'json', type: isMysql ? 'mediumblob' : 'blob' },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'material',
        columns: [
          id('materialId', key),
          id('consultationId'),
          code('studyInstanceUid'),
          id('addedBy'),
          instant('addedAt'),
        ],
        uniques: [{ name: 'material_study', columnNames: ['consultationId', 'studyInstanceUid'] }],
        indices: [{ name: 'material_study_uid', columnNames: ['studyInstanceUid'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'material_instance',
        columns: [
          id('consultationId', key),
          code('sopInstanceUid', 64, key),
          id('materialId'),
          id('facilityId'),
          code('studyInstanceUid'),
          code('seriesInstanceUid'),
        ],
        indices: [
          { name: 'material_instance_material', columnNames: ['materialId'] },
          { name: 'material_instance_instance', columnNames: ['facilityId', 'sopInstanceUid'] },
          {
            name: 'material_instance_series',
            columnNames: ['facilityId', 'studyInstanceUid', 'seriesInstanceUid'],
          },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'upload',
        columns: [
          id('uploadId', key),
          id('consultationId'),
          id('accountId'),
          id('facilityId'),
          integer('sizeBytes'),
          code('sha256'),
          code('state', 16),
          instant('announcedAt'),
        ],
        uniques: [{ name: 'upload_same', columnNames: ['consultationId', 'accountId', 'sha256'] }],
        indices: [{ name: 'upload_announced', columnNames: ['announcedAt'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'upload',
      'material_instance',
      'material',
      'instance_metadata',
      'study_instance',
      'study_series',
      'study',
    ])
      await runner.dropTable(table);
  }
}
