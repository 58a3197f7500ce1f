import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { getCaseFor } from '../cases/case-access.ts';
import { Failure, type MaterialView, pictureKindOf } from '../contract/index.ts';
import type { CasePatient } from '../formats/dicom/same-patient.ts';
import type { Stores } from '../store/stores.ts';
import type { MaterialDescriptions } from './material-view.ts';
import { namedPatients } from './named-patients.ts';
import type { Instance, Material, PictureFile, Stored } from './study.ts';

/**
 * Attaches what an archive holds to a case, inside the transaction of `stores`. Doing it again changes nothing.
 * @throws Failure as `getCaseFor` for `attach`; conflict/instance-differs where the case has other bytes under the same UID.
 */
export async function attach(
  stores: Pick<Stores, 'audit' | 'calls' | 'consultations' | 'studies' | 'materials'>,
  asked: Asked,
  consultationId: string,
  stored: Stored,
): Promise<void> {
  const { caller, at } = asked;
  await getCaseFor(stores, caller, consultationId, 'attach', { at, lock: true });
  if (stored.form === 'instance') await attachInstance(stores, asked, consultationId, stored.instance);
  else await attachFile(stores, asked, consultationId, stored.file);
}

async function attachInstance(
  stores: Pick<Stores, 'audit' | 'studies' | 'materials'>,
  asked: Asked,
  consultationId: string,
  instance: Instance,
): Promise<void> {
  const { facilityId, sopInstanceUid, studyInstanceUid, seriesInstanceUid, sha256 } = instance;
  const resource = { studyInstanceUid, seriesInstanceUid, sopInstanceUid };
  const [there] = await stores.studies.listInstances({ consultationIds: [consultationId] }, resource);
  if (there) {
    if (there.sha256 !== sha256) throw instanceDiffers();
    return;
  }
  const { materialId } = await stores.materials.insert({
    ...newMaterial(asked, consultationId),
    kind: pictureKindOf(instance.sopClassUid),
    studyInstanceUid,
  });
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

/** Whoever calls it has asked whether that may be. @returns whether the case did not have it before */
export async function attachFile(
  stores: Pick<Stores, 'audit' | 'materials'>,
  asked: Asked,
  consultationId: string,
  file: PictureFile,
): Promise<boolean> {
  const { facilityId, kind, sha256 } = file;
  const given = { ...newMaterial(asked, consultationId), kind, facilityId, fileSha256: sha256 };
  const { materialId } = await stores.materials.insert(given);
  if (materialId !== given.materialId) return false;
  await recordAct(stores.audit, asked, {
    action: 'material:add',
    subjectKind: 'picture-file',
    subjectId: sha256,
    consultationId,
    detail: { materialId, kind },
  });
  return true;
}

function newMaterial({ caller, at }: Asked, consultationId: string): Omit<Material, 'kind'> {
  return {
    materialId: randomUUID(),
    consultationId,
    studyInstanceUid: '',
    facilityId: '',
    fileSha256: '',
    addedBy: caller.accountId,
    addedAt: at.toISOString(),
  };
}

export function instanceDiffers(): Failure {
  return new Failure('conflict', 'other bytes are stored under this SOP Instance UID', { reason: 'instance-differs' });
}

/** What is attached to a case, in the order it was added. */
export async function listMaterials(
  descriptions: MaterialDescriptions,
  stores: Pick<Stores, 'studies' | 'materials'>,
  consultationId: string,
  patient: CasePatient,
): Promise<MaterialView[]> {
  const materials = await stores.materials.list(consultationId);
  return Promise.all(materials.map((material) => toMaterialView(descriptions, stores, material, patient)));
}

async function toMaterialView(
  descriptions: MaterialDescriptions,
  stores: Pick<Stores, 'studies' | 'materials'>,
  material: Material,
  patient: CasePatient,
): Promise<MaterialView> {
  const { materialId, kind, studyInstanceUid, facilityId, fileSha256, addedAt } = material;
  const { toMaterial: toView, pictureIdOf } = descriptions[kind];
  if (fileSha256 !== '') {
    const file = await stores.studies.findFile(facilityId, fileSha256);
    if (!file) throw new Error('a material without its file');
    const common = { materialId, description: file.name, studyDate: '', patients: [], patientsDiffer: false, addedAt };
    return toView({ common, studyInstanceUid, series: [], instances: [], file });
  }
  const instances = await stores.materials.listInstances(materialId);
  const facilityIds = [...new Set(instances.map((instance) => instance.facilityId))];
  const [first] = facilityIds;
  if (first === undefined) throw new Error('a material without instances');
  const study = await stores.studies.getStudy(first, studyInstanceUid);
  const series = (await Promise.all(facilityIds.map((id) => stores.studies.listSeries(id, studyInstanceUid)))).flat();
  // Two archives may describe one series; the first description stands.
  const described = new Map(series.reverse().map((one) => [one.seriesInstanceUid, one]));
  const present = new Set(instances.map(({ seriesInstanceUid }) => seriesInstanceUid));
  const { studyDescription: description, studyDate } = study;
  return toView({
    common: { materialId, description, studyDate, addedAt, ...namedPatients(instances, pictureIdOf, patient) },
    studyInstanceUid,
    series: [...described.values()].reverse().filter((one) => present.has(one.seriesInstanceUid)),
    instances,
    file: null,
  });
}

/**
 * Takes pictures off a case; the archive they came from keeps them.
 * @throws Failure not-found; as `getCaseFor` for `attach`.
 */
export async function removeMaterial(
  stores: Pick<Stores, 'audit' | 'calls' | 'consultations' | 'materials'>,
  asked: Asked,
  consultationId: string,
  materialId: string,
): Promise<void> {
  await getCaseFor(stores, asked.caller, consultationId, 'attach', { at: asked.at, lock: true });
  const material = await stores.materials.find(consultationId, materialId);
  if (!material) throw new Failure('not-found', 'no such material');
  await stores.materials.delete(materialId);
  const { kind, studyInstanceUid, fileSha256 } = material;
  await recordAct(stores.audit, asked, {
    action: 'material:remove',
    subjectKind: 'material',
    subjectId: materialId,
    consultationId,
    detail: fileSha256 === '' ? { kind, studyInstanceUid } : { kind, sha256: fileSha256 },
  });
}
