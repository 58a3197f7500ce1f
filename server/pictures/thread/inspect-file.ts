import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Inspection, InstanceInspection } from '../../archive/inspection.ts';
import { BULK_DATA_PLACE } from '../../archive/metadata-links.ts';
import { Failure } from '../../contract/failure.ts';
import type { PictureKind } from '../../contract/picture-kinds.ts';
import { pictureKindOf } from '../../contract/storage-classes.ts';
import { type Attributes, findNumber, findString } from '../../formats/dicom/attributes.ts';
import { toDicomJson } from '../../formats/dicom/dicom-json.ts';
import { type DicomHeader, headerOf } from '../../formats/dicom/header.ts';
import { parsedAttributes } from '../../formats/dicom/parsed-attributes.ts';
import { checkPixelData } from '../../formats/dicom/pixel-data.ts';
import { pictureReaders } from '../readers.ts';
import { openFile } from './open-file.ts';
import type { LocalFile } from './tasks.ts';

const compress = promisify(gzip);
/** Metadata is sent with every series that is opened: no device writes as much of it on purpose. */
const MAX_METADATA_BYTES = 16 * 1024 ** 2;

/**
 * Tells by its content what a received file is, checks that it is whole and reads what the archive needs of it.
 * @throws Failure file-empty, not-dicom, file-truncated, file-damaged, file-too-large; not-slide, slide-not-tiled,
 * slide-encoding-unsupported; pdf-encrypted, document-too-large, photograph-metadata, photograph-format-unsupported,
 * office-format-unsupported
 */
export async function inspectFile(local: LocalFile): Promise<Inspection> {
  for (const [kind, { recogniseFile }] of Object.entries(pictureReaders)) {
    const found = await recogniseFile?.(local);
    if (found) return { form: 'file', kind: kind as PictureKind, ...found };
  }
  return inspectInstance(local);
}

async function inspectInstance(local: LocalFile): Promise<InstanceInspection> {
  const { file } = await openFile(local, 'walk');
  const header = headerOf(file);
  checkPixelData(file);
  const attributes = parsedAttributes(file.dataset);
  const json = toDicomJson(file, { bulkDataUri: (path) => BULK_DATA_PLACE + path });
  const text = JSON.stringify(json);
  if (text.length > MAX_METADATA_BYTES)
    throw new Failure('too-large', 'the file has too much metadata', { reason: 'file-too-large' });
  const { study, series, instance } = describe(header, attributes);
  const found = await pictureReaders[pictureKindOf(header.sopClassUid)].inspectInstance?.(local, file);
  return {
    form: 'instance',
    study,
    series,
    instance: { ...instance, showsLabel: found?.showsLabel ?? false, pageCount: found?.pageCount ?? null },
    metadata: new Uint8Array(await compress(text)),
    refusal: found?.refusal ?? null,
  };
}

type Description = Pick<InstanceInspection, 'study' | 'series'> & {
  instance: Omit<InstanceInspection['instance'], 'showsLabel' | 'pageCount'>;
};

function describe(header: DicomHeader, attributes: Attributes): Description {
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid, sopClassUid, transferSyntaxUid } = header;
  const patient = {
    patientName: header.patientName.slice(0, 255),
    patientId: header.patientId.slice(0, 128),
    patientBirthDate: header.patientBirthDate.slice(0, 16),
    patientSex: header.patientSex.slice(0, 16),
  };
  return {
    study: {
      studyInstanceUid,
      ...patient,
      studyDate: header.studyDate.slice(0, 16),
      studyTime: header.studyTime.slice(0, 32),
      studyId: header.studyId.slice(0, 64),
      studyDescription: header.studyDescription.slice(0, 255),
      accessionNumber: header.accessionNumber.slice(0, 64),
      referringPhysicianName: header.referringPhysicianName.slice(0, 255),
    },
    series: {
      studyInstanceUid,
      seriesInstanceUid,
      modality: header.modality.slice(0, 16),
      seriesNumber: integer(header.seriesNumber),
      seriesDescription: header.seriesDescription.slice(0, 255),
      bodyPartExamined: header.bodyPartExamined.slice(0, 64),
      performedStepStartDate: (findString(attributes, '00400244') ?? '').slice(0, 16),
      performedStepStartTime: (findString(attributes, '00400245') ?? '').slice(0, 32),
    },
    instance: {
      sopInstanceUid,
      studyInstanceUid,
      seriesInstanceUid,
      sopClassUid,
      transferSyntaxUid: checkedUid(transferSyntaxUid),
      instanceNumber: integer(header.instanceNumber),
      rows: integer(header.rows),
      columns: integer(header.columns),
      bitsAllocated: integer(findNumber(attributes, '00280100', 'US') ?? null),
      numberOfFrames: Math.min(header.numberOfFrames, Number.MAX_SAFE_INTEGER),
      ...patient,
    },
  };
}

/** Integer strings that are none, or beyond what a column holds, say nothing. */
function integer(value: number | null): number | null {
  return value !== null && Number.isSafeInteger(Math.trunc(value)) ? Math.trunc(value) : null;
}

function checkedUid(uid: string): string {
  if (/^[0-9.]{1,64}$/.test(uid)) return uid;
  throw new Failure('invalid-message', 'no valid transfer syntax', { reason: 'file-damaged' });
}

/** What is done off the event loop with every received file. */
export const inspectionTasks = { inspect: inspectFile };
