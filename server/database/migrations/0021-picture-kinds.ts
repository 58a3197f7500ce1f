import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex, TableUnique } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** Pictures of three kinds in a case, some of them in files that are no DICOM objects. */
export class PictureKinds1700000000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, flag, id, instant, integer, text } = tableColumns(runner);
    const empty = { default: "''" };
    await runner.createTable(
      new Table({
        name: 'picture_file',
        columns: [
          id('facilityId', { isPrimary: true }),
          code('sha256', 64, { isPrimary: true }),
          code('kind', 16),
          text('name', 255),
          integer('sizeBytes'),
          instant('storedAt'),
          id('storedBy'),
        ],
      }),
    );
    await runner.addColumn('study_instance', new TableColumn(flag('showsLabel', { default: 0 })));
    // Of slides stored before nobody looked: until they are stored anew they count as labels.
    await runner.query("UPDATE study_instance SET showsLabel = 1 WHERE sopClassUid = '1.2.840.10008.5.1.4.1.1.77.1.6'");
    await runner.addColumn('upload', new TableColumn(text('name', 255, empty)));
    await runner.addColumns('material', [
      new TableColumn(code('kind', 16, { default: "'imaging'" })),
      new TableColumn(id('facilityId', empty)),
      new TableColumn(code('fileSha256', 64, empty)),
    ]);
    // Several kinds of one study are a material each.
    await dropUnique(runner, 'material', 'material_study');
    await runner.createIndex(
      'material',
      new TableIndex({
        name: 'material_same',
        columnNames: ['consultationId', 'kind', 'studyInstanceUid', 'fileSha256'],
        isUnique: true,
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await joinKinds(runner);
    await runner.dropIndex('material', 'material_same');
    await addUnique(runner, 'material', {
      name: 'material_study',
      columnNames: ['consultationId', 'studyInstanceUid'],
    });
    await runner.dropColumns('material', ['kind', 'facilityId', 'fileSha256']);
    await runner.dropColumn('upload', 'name');
    await runner.dropColumn('study_instance', 'showsLabel');
    await runner.dropTable('picture_file');
  }
}

/** MySQL keeps a unique constraint as an index. */
async function dropUnique(runner: QueryRunner, table: string, name: string): Promise<void> {
  if (runner.connection.options.type === 'mysql') await runner.dropIndex(table, name);
  else await runner.dropUniqueConstraint(table, name);
}

async function addUnique(
  runner: QueryRunner,
  table: string,
  key: { name: string; columnNames: string[] },
): Promise<void> {
  if (runner.connection.options.type === 'mysql')
    await runner.createIndex(table, new TableIndex({ ...key, isUnique: true }));
  else await runner.createUniqueConstraint(table, new TableUnique(key));
}

/** The version before shows all DICOM objects of a study in one material, and no other files. */
async function joinKinds(runner: QueryRunner): Promise<void> {
  await runner.query("DELETE FROM material WHERE fileSha256 <> ''");
  await runner.query(
    'UPDATE material_instance SET materialId = (SELECT MIN(m.materialId) FROM material m ' +
      'WHERE m.consultationId = material_instance.consultationId AND m.studyInstanceUid = material_instance.studyInstanceUid)',
  );
  // MySQL deletes from no table that it looks into, unless the look is a table of its own.
  await runner.query(
    'DELETE FROM material WHERE materialId NOT IN (SELECT kept FROM ' +
      '(SELECT MIN(materialId) AS kept FROM material GROUP BY consultationId, studyInstanceUid) AS k)',
  );
}
