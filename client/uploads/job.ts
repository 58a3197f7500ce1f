import type { Failure } from '../../server/contract/failure.ts';
import type { PictureKind } from '../../server/contract/picture-kinds.ts';

/** Under which line of the list a file is counted; kept with it, so that a reload still knows. */
export type GroupLabel = SeriesLabel | FileLabel;
/** Of a file that is no DICOM object. */
export type FileLabel = SlideFileLabel | DocumentFileLabel;

/** A DICOM series. Objects of two kinds under one series' UID are two lines. */
export interface SeriesLabel {
  form: 'series';
  pictureKind: PictureKind;
  studyInstanceUid: string;
  studyDescription: string;
  /** `YYYYMMDD` as stored, or empty. */
  studyDate: string;
  seriesInstanceUid: string;
  modality: string;
  seriesNumber: number | null;
  seriesDescription: string;
}

/** A slide that is one file and no DICOM (SVS, TIFF): it has no name but its file's. */
export interface SlideFileLabel {
  form: 'slide-file';
  fileName: string;
}

/** A PDF, or a photograph. */
export interface DocumentFileLabel {
  form: 'document-file';
  fileName: string;
  /** null: a photograph. */
  pageCount: number | null;
}

/** One file on its way to one case. */
export interface UploadJob {
  consultationId: string;
  name: string;
  sizeBytes: number;
  sha256: string;
  group: GroupLabel;
}

/**
 * - `waiting`: not begun, or between two tries.
 * - `stored`: the server has checked and kept it.
 * - `refused`: trying again would not help; `failure` says why.
 * - `missing`: this browser no longer has the bytes; the person has to choose the file again.
 */
export type JobState = 'waiting' | 'sending' | 'stored' | 'refused' | 'missing';

export interface JobProgress {
  readonly job: UploadJob;
  readonly state: JobState;
  /** What the server has confirmed. */
  readonly receivedBytes: number;
  /** Why it was refused, or what the present wait is about. */
  readonly failure: Failure | undefined;
}

/** The same bytes for the same case are one upload, however often they are chosen. */
export function jobKey(job: Pick<UploadJob, 'consultationId' | 'sha256'>): string {
  return `${job.consultationId}/${job.sha256}`;
}

/** Equal for the files of one line. Two files of one name are two lines. */
export function groupKey({ group, sha256 }: Pick<UploadJob, 'group' | 'sha256'>): string {
  return group.form === 'series' ? `${group.pictureKind}/${group.seriesInstanceUid}` : sha256;
}
