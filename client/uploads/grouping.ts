import type { DicomHeader } from '../../server/formats/dicom/header.ts';
import { namedAs } from '../../server/formats/dicom/person-name.ts';
import type { FilePatient } from '../../server/formats/dicom/same-patient.ts';
import type { ChosenFile } from './chosen-files.ts';
import type { Inspection, Unfit } from './inspect.ts';
import {
  type DocumentFileLabel,
  type FileLabel,
  type GroupLabel,
  groupKey,
  type SeriesLabel,
  type SlideFileLabel,
} from './job.ts';

export interface InspectedFile extends ChosenFile {
  inspection: Inspection;
}

/** `duplicate`: the same bytes once more. `instance-differs`: the same SOP Instance UID with other bytes: which of the two is right? */
export type LeftOutReason = Unfit | 'duplicate' | 'instance-differs';

export interface LeftOutFile {
  path: string;
  reason: LeftOutReason;
}

export interface FoundFile extends ChosenFile {
  sha256: string;
}

/** Files that are sent or left out together. */
export interface FoundGroup<Label extends GroupLabel = GroupLabel> {
  key: string;
  label: Label;
  files: FoundFile[];
  sizeBytes: number;
  /** Images with all their frames; of ECGs and documents the records; of slides the slides, however many files each takes. */
  pictureCount: number;
}

/** A study of one patient; files of one study that name, number or date their patient otherwise are two entries, so that a mix-up is seen. */
export interface FoundStudy {
  key: string;
  patient: FilePatient;
  studyDate: string;
  studyDescription: string;
  series: FoundGroup<SeriesLabel>[];
}

export interface Findings {
  studies: FoundStudy[];
  /** They name no patient. */
  slideFiles: FoundGroup<SlideFileLabel>[];
  /** Whom they name nobody reads. */
  documentFiles: FoundGroup<DocumentFileLabel>[];
  leftOut: LeftOutFile[];
}

/** Sorts what was read into patients, studies and series, in the order that a reading room lists them, and slides by name. */
export function groupFiles(files: readonly InspectedFile[]): Findings {
  const leftOut: LeftOutFile[] = [];
  const hashes = new Set<string>();
  const instances = new Set<string>();
  const studies = new Map<string, FoundStudy>();
  const slideFiles: FoundGroup<SlideFileLabel>[] = [];
  const documentFiles: FoundGroup<DocumentFileLabel>[] = [];
  for (const { path, file, inspection } of files) {
    if (inspection.kind === 'unfit') {
      leftOut.push({ path, reason: inspection.reason });
      continue;
    }
    const found: FoundFile = { path, file: sentFile(file, inspection), sha256: inspection.sha256 };
    const sopInstanceUid = inspection.kind === 'dicom' ? inspection.header.sopInstanceUid : '';
    if (hashes.has(found.sha256)) leftOut.push({ path, reason: 'duplicate' });
    else if (instances.has(sopInstanceUid)) leftOut.push({ path, reason: 'instance-differs' });
    else if (inspection.kind === 'dicom') addTo(studies, found, inspection);
    else if (inspection.kind === 'slide-file')
      slideFiles.push(fileGroup(found, { form: 'slide-file', fileName: file.name }));
    else
      documentFiles.push(
        fileGroup(found, { form: 'document-file', fileName: file.name, pageCount: inspection.pageCount }),
      );
    hashes.add(found.sha256);
    if (sopInstanceUid) instances.add(sopInstanceUid);
  }
  const sorted = [...studies.values()].sort((a, b) => b.studyDate.localeCompare(a.studyDate));
  for (const study of sorted) study.series.sort(bySeriesNumber);
  slideFiles.sort(byName);
  documentFiles.sort(byName);
  return { studies: sorted, slideFiles, documentFiles, leftOut };
}

type InspectedDicom = Extract<Inspection, { kind: 'dicom' }>;

function addTo(studies: Map<string, FoundStudy>, found: FoundFile, inspection: InspectedDicom): void {
  const { header } = inspection;
  const patient: FilePatient = {
    name: header.patientName,
    id: header.patientId,
    birthDate: header.patientBirthDate,
    sex: header.patientSex,
  };
  // Padding and the case of letters tell nobody apart; any other difference is shown.
  const { name, id, birthDate, sex } = patient;
  const studyKey = JSON.stringify([
    header.studyInstanceUid,
    namedAs(name).toUpperCase(),
    id.trim(),
    birthDate.trim(),
    sex.trim(),
  ]);
  let study = studies.get(studyKey);
  if (!study) {
    study = {
      key: studyKey,
      patient,
      studyDate: header.studyDate,
      studyDescription: header.studyDescription,
      series: [],
    };
    studies.set(studyKey, study);
  }
  const label = labelOf(inspection);
  const key = `${studyKey}/${groupKey({ group: label, sha256: found.sha256 })}`;
  let series = study.series.find((one) => one.key === key);
  if (!series) {
    series = { key, label, files: [], pictureCount: 0, sizeBytes: 0 };
    study.series.push(series);
  }
  series.files.push(found);
  series.pictureCount = picturesOf(series, header);
  series.sizeBytes += found.file.size;
}

/** After a file was added whose header this is. */
function picturesOf({ label, files, pictureCount }: FoundGroup<SeriesLabel>, header: DicomHeader): number {
  switch (label.pictureKind) {
    case 'imaging':
      return pictureCount + (header.hasPixelData ? header.numberOfFrames : 0);
    case 'ecg':
    case 'documents':
      return files.length;
    case 'pathology':
      return 1;
  }
}

function labelOf({ header, pictureKind }: InspectedDicom): SeriesLabel {
  return {
    form: 'series',
    pictureKind,
    studyInstanceUid: header.studyInstanceUid,
    studyDescription: header.studyDescription,
    studyDate: header.studyDate,
    seriesInstanceUid: header.seriesInstanceUid,
    modality: header.modality,
    seriesNumber: header.seriesNumber,
    seriesDescription: header.seriesDescription,
  };
}

/** What goes over the line: a photograph without the words about its making. */
function sentFile(file: File, inspection: Inspection): File {
  const stripped = inspection.kind === 'document-file' ? inspection.stripped : null;
  return stripped ? new File([stripped], file.name, { type: stripped.type }) : file;
}

function fileGroup<Label extends FileLabel>(found: FoundFile, label: Label): FoundGroup<Label> {
  return { key: found.sha256, label, files: [found], sizeBytes: found.file.size, pictureCount: 1 };
}

function byName(a: FoundGroup<FileLabel>, b: FoundGroup<FileLabel>): number {
  return a.label.fileName.localeCompare(b.label.fileName, undefined, { numeric: true });
}

function bySeriesNumber(a: FoundGroup<SeriesLabel>, b: FoundGroup<SeriesLabel>): number {
  return (a.label.seriesNumber ?? Number.POSITIVE_INFINITY) - (b.label.seriesNumber ?? Number.POSITIVE_INFINITY) || 0;
}
