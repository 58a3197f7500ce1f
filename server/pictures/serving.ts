import type { Express } from 'express';
import type { MaterialDescription } from '../archive/material-view.ts';
import type { PictureParts } from './parts.ts';

/** How pictures of one kind are handed out: what a case shows of them, and routes. */
export interface PictureServing extends MaterialDescription {
  /** Routes of its own. Left out: DICOMweb alone. */
  mount?(app: Express, parts: PictureParts): void;
}
