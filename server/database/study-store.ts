import { type EntityManager, type EntitySchema, In, type ObjectLiteral, type QueryDeepPartialEntity } from 'typeorm';
import type { StudyStore } from '../studies/store.ts';
import type { Instance } from '../studies/study.ts';
import { InstanceMetadataRow, InstanceRow, PictureFileRow, SeriesRow, StudyRow } from './study-rows.ts';
import { createStudySearch } from './study-search.ts';

/** Keys in one statement: SQLite takes 32766 parameters, and a long list is slow to plan. */
const KEYS_AT_ONCE = 500;

export function createStudyStore(manager: EntityManager): StudyStore {
  return {
    ...createStudySearch(manager),

    async insertInstance(study, series, instance, metadata) {
      const { facilityId, sopInstanceUid } = instance;
      const found = await manager.findOneBy(InstanceRow, { facilityId, sopInstanceUid });
      if (found) return found;
      await insertIfNew(manager, StudyRow, study);
      await insertIfNew(manager, SeriesRow, series);
      await insertIfNew(manager, InstanceRow, instance);
      // Somebody else may have stored the same UID since the look above: what stands there now counts.
      const stored = await manager.findOneByOrFail(InstanceRow, { facilityId, sopInstanceUid });
      if (stored.sha256 === instance.sha256)
        await insertIfNew(manager, InstanceMetadataRow, { facilityId, sopInstanceUid, json: Buffer.from(metadata) });
      return stored;
    },

    findInstanceByHash: async (facilityId, sha256) =>
      (await manager.findOneBy(InstanceRow, { facilityId, sha256 })) ?? undefined,

    async insertFile(file) {
      const { facilityId, sha256 } = file;
      await insertIfNew(manager, PictureFileRow, file);
      return manager.findOneByOrFail(PictureFileRow, { facilityId, sha256 });
    },

    findFile: async (facilityId, sha256) =>
      (await manager.findOneBy(PictureFileRow, { facilityId, sha256 })) ?? undefined,

    async listMetadata(instances) {
      const found = new Map<string, Buffer>();
      for (const [facilityId, sopInstanceUids] of byFacility(instances)) {
        for (let start = 0; start < sopInstanceUids.length; start += KEYS_AT_ONCE) {
          const keys = sopInstanceUids.slice(start, start + KEYS_AT_ONCE);
          const rows = await manager.findBy(InstanceMetadataRow, { facilityId, sopInstanceUid: In(keys) });
          for (const row of rows) found.set(`${facilityId} ${row.sopInstanceUid}`, row.json);
        }
      }
      return instances.map(({ facilityId, sopInstanceUid }) => {
        const json = found.get(`${facilityId} ${sopInstanceUid}`);
        if (json === undefined) throw new Error('an instance without its metadata');
        return json;
      });
    },

    getStudy: (facilityId, studyInstanceUid) => manager.findOneByOrFail(StudyRow, { facilityId, studyInstanceUid }),
    listSeries: (facilityId, studyInstanceUid) =>
      manager.find(SeriesRow, {
        where: { facilityId, studyInstanceUid },
        order: { seriesNumber: 'ASC', seriesInstanceUid: 'ASC' },
      }),
  };
}

function byFacility(instances: Instance[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { facilityId, sopInstanceUid } of instances) {
    const group = groups.get(facilityId) ?? [];
    group.push(sopInstanceUid);
    groups.set(facilityId, group);
  }
  return groups;
}

/** Leaves a row of the same key as it is. */
export async function insertIfNew<T extends ObjectLiteral>(
  manager: EntityManager,
  schema: EntitySchema<T>,
  row: T,
): Promise<void> {
  await manager
    .createQueryBuilder()
    .insert()
    .into(schema)
    .values(row as QueryDeepPartialEntity<T>)
    .orIgnore()
    .updateEntity(false)
    .execute();
}
