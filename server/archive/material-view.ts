import type { MaterialView, materialFields, PictureKind } from '../contract/index.ts';
import type { Instance, PictureFile, Series } from './study.ts';

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

/** What a case shows of one kind of picture. */
export interface MaterialDescription {
  toMaterial(content: MaterialContent): MaterialView;
  /** What a target calls the picture that an instance belongs to. Left out: its SOP Instance UID. */
  pictureIdOf?(instance: Instance): string;
}

/** The archive keeps every kind alike; whoever composes the server hands in what each of them is. */
export type MaterialDescriptions = Record<PictureKind, MaterialDescription>;
