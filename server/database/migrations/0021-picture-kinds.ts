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
    await runner.dropIndex('material', 'material_same');
    await runner.createUniqueConstraint(
      'material',
      new TableUnique({ name: 'material_study', columnNames: ['consultationId', 'studyInstanceUid'] }),
    );
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
