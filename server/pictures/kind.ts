import type { Express } from 'express';
import type { MaterialView, materialFields, PictureKind } from '../contract/index.ts';
import type { DicomFile } from '../imaging/dicom-file.ts';
import type { LocalFile, WorkerTasks } from '../studies/imaging-worker/tasks.ts';
import type { Refusal } from '../studies/inspection.ts';
import type { Instance, PictureFile, Series } from '../studies/study.ts';
import type { PictureParts } from './parts.ts';

/** Everything of one kind of one study (or one file) that is attached to a case. */
export interface MaterialContent {
  common: Pick<MaterialView, keyof typeof materialFields>;
  /** '': a file. */
  studyInstanceUid: string;
  /** Those that have instances here. */
  series: Series[];
  /** In order of instance number. */
  instances: Instance[];
  /** null: a study. */
  file: PictureFile | null;
}

/** What a kind of picture brings to the server. Its DICOM classes, target and viewport stand in its file of the contract. */
export interface PictureKindModule {
  toMaterial(content: MaterialContent): MaterialView;
  /** What a target calls the picture that an instance belongs to. Left out: its SOP Instance UID. */
  pictureIdOf?(instance: Instance): string;
  /**
   * What a file that is no DICOM object is, where it is of this kind; it is then also found to be whole.
   * @throws Failure with the reason where it is of this kind and cannot be shown.
   */
  recogniseFile?(file: LocalFile): Promise<FileFinding | undefined>;
  /** Looks at a whole DICOM object of this kind. Left out: all of them can be shown, none shows a name in its pixels. */
  inspectInstance?(file: LocalFile, dicom: DicomFile): Promise<InstanceFinding>;
  /** Done off the event loop; their names begin with the kind's. */
  tasks?: WorkerTasks;
  /** Routes of its own. */
  mount?(app: Express, parts: PictureParts): void;
}

export interface FileFinding {
  /** null: it has none. */
  pageCount: number | null;
}

export interface InstanceFinding {
  refusal: Refusal | null;
  showsLabel: boolean;
  /** Left out: it has none. */
  pageCount?: number | null;
}

export type PictureKinds = Record<PictureKind, PictureKindModule>;
