import { type EntityManager, In } from 'typeorm';
import type { StudyStore } from '../../archive/store.ts';
import type { Instance, Study } from '../../archive/study.ts';
import type { FieldSeal } from '../../patients/seal.ts';
import { insertIfNew } from '../insert-row.ts';
import { createNamedPatients, KEYS_AT_ONCE } from '../named-patients.ts';
import { fileNameContext, metadataContext } from '../seal-contexts.ts';
import { InstanceMetadataRow, InstanceRow, PictureFileRow, SeriesRow, StudyRow } from './rows.ts';
import { createStudySearch } from './search.ts';

export function createStudyStore(manager: EntityManager, seal: FieldSeal): StudyStore {
  const patients = createNamedPatients(manager, seal);
  const findFile = async (facilityId: string, sha256: string) => {
    const row = await manager.findOneBy(PictureFileRow, { facilityId, sha256 });
    return row ? { ...row, name: seal.open(row.name, fileNameContext(row)) } : undefined;
  };
  const findInstance = async (
    where: { facilityId: string; sopInstanceUid: string } | { facilityId: string; sha256: string },
  ) => {
    const row = await manager.findOneBy(InstanceRow, where);
    return row ? (await patients.named<Instance>([row]))[0] : undefined;
  };
  return {
    ...createStudySearch(manager, patients),

    async insertInstance(study, series, instance, metadata) {
      const { facilityId, sopInstanceUid } = instance;
      const found = await findInstance({ facilityId, sopInstanceUid });
      if (found) return found;
      await insertIfNew(manager, StudyRow, await patients.keyed(study));
      await insertIfNew(manager, SeriesRow, series);
      await insertIfNew(manager, InstanceRow, await patients.keyed(instance));
      // Somebody else may have stored the same UID since the look above: what stands there now counts.
      const stored = await findInstance({ facilityId, sopInstanceUid });
      if (!stored) throw new Error('an instance that was stored is missing');
      if (stored.sha256 === instance.sha256) {
        const json = seal.sealBytes(metadata, metadataContext(instance));
        await insertIfNew(manager, InstanceMetadataRow, { facilityId, sopInstanceUid, json });
      }
      return stored;
    },

    findInstanceByHash: (facilityId, sha256) => findInstance({ facilityId, sha256 }),

    async insertFile(file) {
      const { facilityId, sha256 } = file;
      await insertIfNew(manager, PictureFileRow, { ...file, name: seal.seal(file.name, fileNameContext(file)) });
      const stored = await findFile(facilityId, sha256);
      if (!stored) throw new Error('a file that was stored is missing');
      return stored;
    },

    findFile,

    async listMetadata(instances) {
      const found = new Map<string, Buffer>();
      for (const [facilityId, sopInstanceUids] of byFacility(instances)) {
        for (let start = 0; start < sopInstanceUids.length; start += KEYS_AT_ONCE) {
          const keys = sopInstanceUids.slice(start, start + KEYS_AT_ONCE);
          const rows = await manager.findBy(InstanceMetadataRow, { facilityId, sopInstanceUid: In(keys) });
          for (const row of rows)
            found.set(`${facilityId} ${row.sopInstanceUid}`, seal.openBytes(row.json, metadataContext(row)));
        }
      }
      return instances.map(({ facilityId, sopInstanceUid }) => {
        const json = found.get(`${facilityId} ${sopInstanceUid}`);
        if (json === undefined) throw new Error('an instance without its metadata');
        return json;
      });
    },

    async getStudy(facilityId, studyInstanceUid) {
      const row = await manager.findOneByOrFail(StudyRow, { facilityId, studyInstanceUid });
      const [study] = await patients.named<Study>([row]);
      if (!study) throw new Error('no study');
      return study;
    },
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
