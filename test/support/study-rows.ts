import { randomUUID } from 'node:crypto';
import type { Instance, Material, PictureFile, Series, Study } from '../../server/archive/study.ts';
import type { Database } from '../../server/database/database.ts';

export const COUNTY = randomUUID();
export const PROVINCE = randomUUID();
export const AT = '2026-01-02T03:04:05.678Z';

export function study(facilityId: string, number: number, changes: Partial<Study> = {}): Study {
  return {
    facilityId,
    studyInstanceUid: `1.2.${number}`,
    patientName: '',
    patientId: '',
    patientBirthDate: '',
    patientSex: '',
    studyDate: '',
    studyTime: '',
    studyId: '',
    studyDescription: '',
    accessionNumber: '',
    referringPhysicianName: '',
    storedAt: AT,
    ...changes,
  };
}

export function series(of: Study, number: number, changes: Partial<Series> = {}): Series {
  return {
    facilityId: of.facilityId,
    studyInstanceUid: of.studyInstanceUid,
    seriesInstanceUid: `${of.studyInstanceUid}.${number}`,
    modality: 'CT',
    seriesNumber: number,
    seriesDescription: '',
    bodyPartExamined: '',
    performedStepStartDate: '',
    performedStepStartTime: '',
    ...changes,
  };
}

export function instance(of: Series, number: number, changes: Partial<Instance> = {}): Instance {
  return {
    facilityId: of.facilityId,
    studyInstanceUid: of.studyInstanceUid,
    seriesInstanceUid: of.seriesInstanceUid,
    sopInstanceUid: `${of.seriesInstanceUid}.${number}`,
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    instanceNumber: number,
    rows: 512,
    columns: 512,
    bitsAllocated: 16,
    numberOfFrames: 1,
    patientName: '',
    patientId: '',
    patientBirthDate: '',
    patientSex: '',
    showsLabel: false,
    pageCount: null,
    sha256: Buffer.from(`${of.facilityId} ${of.seriesInstanceUid} ${number}`)
      .toString('hex')
      .slice(-64)
      .padStart(64, '0'),
    sizeBytes: 3 * 2 ** 31,
    storedAt: AT,
    storedBy: randomUUID(),
    ...changes,
  };
}

export function pictureFile(facilityId: string, letter: string, changes: Partial<PictureFile> = {}): PictureFile {
  return {
    facilityId,
    sha256: letter.repeat(64),
    kind: 'pathology',
    name: '左肺上叶.svs',
    sizeBytes: 5 * 2 ** 31,
    pageCount: null,
    storedAt: AT,
    storedBy: randomUUID(),
    ...changes,
  };
}

/** Of images of no study yet: say which study, or which file. */
export function material(consultationId: string, changes: Partial<Material> = {}): Material {
  return {
    materialId: randomUUID(),
    consultationId,
    kind: 'imaging',
    studyInstanceUid: '',
    facilityId: '',
    fileSha256: '',
    addedBy: randomUUID(),
    addedAt: AT,
    ...changes,
  };
}

export async function add(database: Database, of: Study, ...content: [Series, Instance[]][]): Promise<void> {
  for (const [one, instances] of content)
    for (const each of instances)
      await database.write((stores) => stores.studies.insertInstance(of, one, each, Buffer.from(each.sopInstanceUid)));
}

/** @returns the material that they are of now */
export async function attach(
  database: Database,
  consultationId: string,
  instances: Instance[],
  kind: Material['kind'] = 'imaging',
): Promise<string> {
  let materialId = '';
  for (const { facilityId, studyInstanceUid, seriesInstanceUid, sopInstanceUid } of instances) {
    await database.write(async (stores) => {
      const made = material(consultationId, { kind, studyInstanceUid });
      materialId = (await stores.materials.insert(made)).materialId;
      const resource = { studyInstanceUid, seriesInstanceUid, sopInstanceUid };
      await stores.materials.insertInstance({ consultationId, materialId, facilityId, ...resource });
    });
  }
  return materialId;
}
