import type { Failure } from '../../server/contract/failure.ts';

/** Under which line of the table a file is counted; kept with it, so that a reload still knows. */
export interface SeriesLabel {
  studyInstanceUid: string;
  studyDescription: string;
  /** `YYYYMMDD` as stored, or empty. */
  studyDate: string;
  seriesInstanceUid: string;
  modality: string;
  seriesNumber: number | null;
  seriesDescription: string;
}

/** One file on its way to one case. */
export interface UploadJob {
  consultationId: string;
  name: string;
  sizeBytes: number;
  sha256: string;
  series: SeriesLabel;
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
