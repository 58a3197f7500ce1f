import type { Express } from 'express';
import type { MaterialDescription } from '../archive/material-view.ts';
import type { Material } from '../archive/study.ts';
import type { PictureParts } from './parts.ts';

/** How pictures of one kind are handed out: what a case shows of them, and routes. */
export interface PictureServing extends MaterialDescription {
  /** Routes of its own. Left out: DICOMweb alone. */
  mount?(app: Express, parts: PictureParts): void;
  /** All that a material says in letters, seen or not. Left out: it has none, or none that could be read. */
  readText?(parts: Pick<PictureParts, 'studies' | 'imaging'>, material: Material, owner: string): Promise<string>;
}
