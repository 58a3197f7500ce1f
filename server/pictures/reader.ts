import type { FailureReason } from '../contract/index.ts';
import type { DicomFile } from '../formats/dicom/dicom-file.ts';
import type { LocalFile, WorkerTasks } from './thread/tasks.ts';

/** How files of one kind of picture are read: in a thread, without HTTP and without a case. */
export interface PictureReader {
  /**
   * What a file that is no DICOM object is, where it is of this kind; it is then also found to be whole.
   * @throws Failure with the reason where it is of this kind and cannot be shown.
   */
  recogniseFile?(file: LocalFile): Promise<FileFinding | undefined>;
  /** Looks at a whole DICOM object of this kind. Left out: all of them can be shown, none shows a name in its pixels. */
  inspectInstance?(file: LocalFile, dicom: DicomFile): Promise<InstanceFinding>;
  /** Done off the event loop; their names begin with the kind's. */
  tasks?: WorkerTasks;
}

export interface FileFinding {
  /** null: it has none. */
  pageCount: number | null;
}

export interface InstanceFinding {
  /** Why the object, whole though it is, cannot be shown. */
  refusal: { reason: FailureReason; message: string } | null;
  showsLabel: boolean;
  /** Left out: it has none. */
  pageCount?: number | null;
}
