import type { MaterialView, PictureKind, Target } from '../../server/contract/picture-kinds.ts';
import type { Formats } from '../i18n/formats.ts';
import type { useTexts } from '../i18n/use-texts.ts';
import type { PictureHome } from './picture-home.ts';

export type MaterialOf<K extends PictureKind> = Extract<MaterialView, { kind: K }>;
export type TargetOf<K extends PictureKind> = Extract<Target, { kind: K }>;

/** One picture of a material, as the case lists it. */
export interface PictureLine {
  key: string;
  modality: string;
  name: string;
  amount: string;
}

/** What a case says of one kind's pictures before any of them is opened: small, and loaded with the page. */
export interface Listing<K extends PictureKind> {
  lines(t: ReturnType<typeof useTexts>, formats: Formats, material: MaterialOf<K>): PictureLine[];
  /** What the server calls the shown picture where it lists whom files name. */
  pictureIdOf(target: TargetOf<K>): string;
  /** The picture is one of the material's. */
  holds(material: MaterialOf<K>, target: TargetOf<K>): boolean;
  /** Asks for what the material's first picture needs first, beside the code of its viewer. */
  fetchAhead?(home: PictureHome, material: MaterialOf<K>): void;
}
