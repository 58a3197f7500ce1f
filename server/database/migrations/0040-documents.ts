import { randomUUID } from 'node:crypto';
import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** The classes that hold no picture when this was written: PDF and other enclosures, reports, presentation states, plans, raw data. */
const NO_PICTURE = [
  "sopClassUid LIKE '1.2.840.10008.5.1.4.1.1.104.%'",
  "sopClassUid LIKE '1.2.840.10008.5.1.4.1.1.88.%'",
  "sopClassUid LIKE '1.2.840.10008.5.1.4.1.1.11.%'",
  ...[3, 4, 5, 6, 7, 8, 9].map((last) => `sopClassUid = '1.2.840.10008.5.1.4.1.1.481.${last}'`),
  ...['66', '66.1', '66.2', '66.3', '66.5', '67'].map((last) => `sopClassUid = '1.2.840.10008.5.1.4.1.1.${last}'`),
].join(' OR ');

interface Misplaced {
  consultationId: string;
  studyInstanceUid: string;
  materialId: string;
  sopInstanceUid: string;
}

/** Documents as a kind of picture: how many pages they have, and those that were counted among the images become a material of their own. */
export class Documents1700000000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { integer } = tableColumns(runner);
    for (const table of ['study_instance', 'picture_file'])
      await runner.addColumn(table, new TableColumn(integer('pageCount', { isNullable: true })));
    await partDocuments(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['study_instance', 'picture_file']) await runner.dropColumn(table, 'pageCount');
  }
}

async function partDocuments(runner: QueryRunner): Promise<void> {
  const misplaced: Misplaced[] = await runner.query(
    'SELECT mi.consultationId, mi.studyInstanceUid, mi.materialId, mi.sopInstanceUid FROM material_instance mi ' +
      'JOIN material m ON m.materialId = mi.materialId ' +
      'JOIN study_instance si ON si.facilityId = mi.facilityId AND si.sopInstanceUid = mi.sopInstanceUid ' +
      `WHERE m.kind = 'imaging' AND (${NO_PICTURE})`,
  );
  const placed = new Map<string, string>();
  for (const { consultationId, studyInstanceUid, materialId, sopInstanceUid } of misplaced) {
    let own = placed.get(materialId);
    if (own === undefined) {
      own = randomUUID();
      placed.set(materialId, own);
      await runner.query(
        'INSERT INTO material (materialId, consultationId, kind, studyInstanceUid, facilityId, fileSha256, addedBy, addedAt) ' +
          "SELECT ?, consultationId, 'documents', studyInstanceUid, '', '', addedBy, addedAt FROM material WHERE materialId = ?",
        [own, materialId],
      );
    }
    await runner.query(
      'UPDATE material_instance SET materialId = ? WHERE consultationId = ? AND studyInstanceUid = ? AND sopInstanceUid = ?',
      [own, consultationId, studyInstanceUid, sopInstanceUid],
    );
  }
  // A study of which nothing but documents was sent has no images.
  for (const materialId of placed.keys())
    await runner.query(
      'DELETE FROM material WHERE materialId = ? AND NOT EXISTS (SELECT 1 FROM material_instance mi WHERE mi.materialId = ?)',
      [materialId, materialId],
    );
}
