import type { DicomHeader } from '../../server/imaging/header.ts';
import type { ChosenFile } from './chosen-files.ts';
import type { Inspection, Unfit } from './inspect.ts';
import type { SeriesLabel } from './job.ts';

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
  header: DicomHeader;
}

export interface FoundSeries {
  label: SeriesLabel;
  files: FoundFile[];
  imageCount: number;
  sizeBytes: number;
}

/** A study of one patient; files of one study that name different patients are two entries, so that the mix-up is seen. */
export interface FoundStudy {
  key: string;
  patient: FilePatient;
  studyDate: string;
  studyDescription: string;
  series: FoundSeries[];
}

export interface FilePatient {
  name: string;
  id: string;
  /** `YYYYMMDD` or empty. */
  birthDate: string;
  /** As stored: `M`, `F`, `O` or empty. */
  sex: string;
}

export interface Findings {
  studies: FoundStudy[];
  leftOut: LeftOutFile[];
}

/** Sorts what was read into patients, studies and series, in the order that a reading room lists them. */
export function groupFiles(files: readonly InspectedFile[]): Findings {
  const leftOut: LeftOutFile[] = [];
  const hashes = new Set<string>();
  const instances = new Set<string>();
  const studies = new Map<string, FoundStudy>();
  for (const { path, file, inspection } of files) {
    if (inspection.kind === 'unfit') {
      leftOut.push({ path, reason: inspection.reason });
      continue;
    }
    const { sha256, header } = inspection;
    if (hashes.has(sha256)) leftOut.push({ path, reason: 'duplicate' });
    else if (instances.has(header.sopInstanceUid)) leftOut.push({ path, reason: 'instance-differs' });
    else addTo(studies, { path, file, sha256, header });
    hashes.add(sha256);
    instances.add(header.sopInstanceUid);
  }
  const sorted = [...studies.values()].sort((a, b) => b.studyDate.localeCompare(a.studyDate));
  for (const study of sorted) study.series.sort(bySeriesNumber);
  return { studies: sorted, leftOut };
}

function addTo(studies: Map<string, FoundStudy>, found: FoundFile): void {
  const { header } = found;
  const patient: FilePatient = {
    name: header.patientName,
    id: header.patientId,
    birthDate: header.patientBirthDate,
    sex: header.patientSex,
  };
  const key = JSON.stringify([header.studyInstanceUid, patient.name, patient.id]);
  let study = studies.get(key);
  if (!study) {
    study = { key, patient, studyDate: header.studyDate, studyDescription: header.studyDescription, series: [] };
    studies.set(key, study);
  }
  let series = study.series.find(({ label }) => label.seriesInstanceUid === header.seriesInstanceUid);
  if (!series) {
    series = { label: labelOf(header), files: [], imageCount: 0, sizeBytes: 0 };
    study.series.push(series);
  }
  series.files.push(found);
  series.imageCount += header.hasPixelData ? header.numberOfFrames : 0;
  series.sizeBytes += found.file.size;
}

function labelOf(header: DicomHeader): SeriesLabel {
  return {
    studyInstanceUid: header.studyInstanceUid,
    studyDescription: header.studyDescription,
    studyDate: header.studyDate,
    seriesInstanceUid: header.seriesInstanceUid,
    modality: header.modality,
    seriesNumber: header.seriesNumber,
    seriesDescription: header.seriesDescription,
  };
}

function bySeriesNumber(a: FoundSeries, b: FoundSeries): number {
  return (a.label.seriesNumber ?? Number.POSITIVE_INFINITY) - (b.label.seriesNumber ?? Number.POSITIVE_INFINITY) || 0;
}
