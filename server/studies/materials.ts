import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { getCaseFor } from '../consultations/case-access.ts';
import { Failure, type MaterialView } from '../contract/index.ts';
import type { Stores } from '../stores.ts';
import type { Instance, Material } from './study.ts';

/**
 * Attaches one instance of an archive to a case, inside the transaction of `stores`. Doing it again changes nothing.
 * @throws Failure as `getCaseFor` for `attach`; conflict/instance-differs where the case has other bytes under the same UID.
 */
export async function attachInstance(
  stores: Stores,
  asked: Asked,
  consultationId: string,
  instance: Instance,
): Promise<void> {
  const { caller, at } = asked;
  await getCaseFor(stores, caller, consultationId, 'attach', { at, lock: true });
  const { facilityId, sopInstanceUid, studyInstanceUid, seriesInstanceUid, sha256 } = instance;
  const resource = { studyInstanceUid, seriesInstanceUid, sopInstanceUid };
  const [there] = await stores.studies.listInstances({ consultationIds: [consultationId] }, resource);
  if (there) {
    if (there.sha256 !== sha256) throw instanceDiffers();
    return;
  }
  const material = await stores.materials.insert({
    materialId: randomUUID(),
    consultationId,
    studyInstanceUid,
    addedBy: caller.accountId,
    addedAt: at.toISOString(),
  });
  const { materialId } = material;
  const attached = await stores.materials.insertInstance({ consultationId, materialId, facilityId, ...resource });
  // The UID is taken in this case by another study, or by another archive's copy since the look above.
  if (attached.facilityId !== facilityId || attached.studyInstanceUid !== studyInstanceUid) throw instanceDiffers();
  await recordAct(stores.audit, asked, {
    action: 'material:add',
    subjectKind: 'instance',
    subjectId: sopInstanceUid,
    consultationId,
    detail: { materialId, studyInstanceUid, sha256 },
  });
}

export function instanceDiffers(): Failure {
  return new Failure('conflict', 'other bytes are stored under this SOP Instance UID', { reason: 'instance-differs' });
}

/** What is attached to a case, in the order it was added. */
export async function listMaterials(stores: Stores, consultationId: string): Promise<MaterialView[]> {
  const materials = await stores.materials.list(consultationId);
  return Promise.all(materials.map((material) => toMaterialView(stores, material)));
}

async function toMaterialView(stores: Stores, material: Material): Promise<MaterialView> {
  const { materialId, studyInstanceUid, addedAt } = material;
  const instances = await stores.materials.listInstances(materialId);
  const facilityIds = [...new Set(instances.map((instance) => instance.facilityId))];
  const [facilityId] = facilityIds;
  if (facilityId === undefined) throw new Error('a material without instances');
  const study = await stores.studies.getStudy(facilityId, studyInstanceUid);
  const series = (await Promise.all(facilityIds.map((id) => stores.studies.listSeries(id, studyInstanceUid)))).flat();
  const counts = new Map<string, number>();
  for (const { seriesInstanceUid } of instances)
    counts.set(seriesInstanceUid, (counts.get(seriesInstanceUid) ?? 0) + 1);
  // Two archives may describe one series; the first description stands.
  const described = new Map(series.reverse().map((one) => [one.seriesInstanceUid, one]));
  return {
    materialId,
    kind: 'imaging',
    studyInstanceUid,
    description: study.studyDescription,
    studyDate: study.studyDate,
    patientName: study.patientName,
    series: [...described.values()]
      .reverse()
      .filter((one) => counts.has(one.seriesInstanceUid))
      .map(({ seriesInstanceUid, modality, seriesNumber, seriesDescription }) => ({
        seriesInstanceUid,
        modality,
        number: seriesNumber,
        description: seriesDescription,
        instanceCount: counts.get(seriesInstanceUid) ?? 0,
      })),
    addedAt,
  };
}

/**
 * Takes a study off a case; the archive it came from keeps it.
 * @throws Failure not-found; as `getCaseFor` for `attach`.
 */
export async function removeMaterial(
  stores: Stores,
  asked: Asked,
  consultationId: string,
  materialId: string,
): Promise<void> {
  await getCaseFor(stores, asked.caller, consultationId, 'attach', { at: asked.at, lock: true });
  const material = await stores.materials.find(consultationId, materialId);
  if (!material) throw new Failure('not-found', 'no such material');
  await stores.materials.delete(materialId);
  await recordAct(stores.audit, asked, {
    action: 'material:remove',
    subjectKind: 'material',
    subjectId: materialId,
    consultationId,
    detail: { studyInstanceUid: material.studyInstanceUid },
  });
}
