import { dicomDateTime, type Subject, subjectElements, uidOf } from '../subject.ts';
import { packed, writeDicom } from '../write-dicom.ts';
import { type Chest, createChest, type Volume } from './chest.ts';
import type { Slice } from './slice.ts';

export interface CtPicture {
  studyInstanceUid: string;
  seriesInstanceUid: string;
  instances: { sopInstanceUid: string; bytes: Uint8Array }[];
}

const CT_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.2';
const INTERCEPT_HU = -1024;
const MAX_STORED = 4095;
const SLICES = 24;
const SPACING_MM = 3;

/** 24 slices of 3 mm with a field of view of 380 mm. */
export const CT_VOLUME: Volume = {
  side: 256,
  mmPerPixel: 380 / 256,
  thicknessMm: SPACING_MM,
  z: Array.from({ length: SLICES }, (_, index) => (index - (SLICES - 1) / 2) * SPACING_MM),
};

/** A chest CT as CT Image Storage, PS3.3 section A.3; one file a slice, from the feet upwards. */
export function makeCt(chest: Chest, subject: Subject): CtPicture {
  const seed = `ct/${chest.seed}/${subject.takenAt.toISOString()}`;
  const [studyInstanceUid, seriesInstanceUid] = [uidOf(`${seed}/study`), uidOf(`${seed}/series`)];
  const instances = createChest(chest, CT_VOLUME).map((slice, index) => {
    const sopInstanceUid = uidOf(`${seed}/${index}`);
    const elements = [
      ...subjectElements(
        subject,
        { studyInstanceUid, seriesInstanceUid },
        { modality: 'CT', studyDescription: '胸部CT平扫', seriesDescription: '轴位 3.0 mm', model: 'Chest phantom' },
      ),
      ...imageElements(slice, index, subject, uidOf(`${seed}/frame-of-reference`)),
      ['00080018', 'UI', sopInstanceUid] as const,
    ];
    return { sopInstanceUid, bytes: writeDicom(elements) };
  });
  return { studyInstanceUid, seriesInstanceUid, instances };
}

function imageElements(slice: Slice, index: number, subject: Subject, frameOfReferenceUid: string) {
  const { side, mmPerPixel, hu } = slice;
  const z = CT_VOLUME.z[index] ?? 0;
  const { date, time } = dicomDateTime(subject.takenAt);
  // The centre of the first pixel.
  const corner = ((1 - side) / 2) * mmPerPixel;
  const stored = hu.map((value) => Math.min(MAX_STORED, Math.max(0, Math.round(value - INTERCEPT_HU))));
  return [
    ['00080008', 'CS', 'ORIGINAL\\PRIMARY\\AXIAL'],
    ['00080016', 'UI', CT_IMAGE_STORAGE],
    ['00080022', 'DA', date],
    ['00080032', 'TM', time],
    ['00180015', 'CS', 'CHEST'],
    ['00180050', 'DS', String(SPACING_MM)],
    ['00180060', 'DS', '120'],
    ['00180088', 'DS', String(SPACING_MM)],
    ['00181100', 'DS', String(side * mmPerPixel)],
    ['00181151', 'IS', '180'],
    ['00185100', 'CS', 'HFS'],
    ['00200012', 'IS', '1'],
    ['00200013', 'IS', String(index + 1)],
    ['00200032', 'DS', `${corner}\\${corner}\\${z}`],
    ['00200037', 'DS', '1\\0\\0\\0\\1\\0'],
    ['00200052', 'UI', frameOfReferenceUid],
    ['00201040', 'LO', ''],
    ['00201041', 'DS', String(z)],
    ['00280002', 'US', [1]],
    ['00280004', 'CS', 'MONOCHROME2'],
    ['00280010', 'US', [side]],
    ['00280011', 'US', [side]],
    ['00280030', 'DS', `${mmPerPixel}\\${mmPerPixel}`],
    ['00280100', 'US', [16]],
    ['00280101', 'US', [12]],
    ['00280102', 'US', [11]],
    ['00280103', 'US', [0]],
    ['00281050', 'DS', '-600\\40'],
    ['00281051', 'DS', '1500\\400'],
    ['00281052', 'DS', String(INTERCEPT_HU)],
    ['00281053', 'DS', '1'],
    ['00281054', 'LO', 'HU'],
    ['00281055', 'LO', '肺窗\\纵隔窗'],
    ['7FE00010', 'OW', packed(stored, 2)],
  ] as const;
}
