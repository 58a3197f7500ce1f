import { z } from 'zod';
import { materialFields, PictureId, Point } from './picture.ts';

export const PathologyTarget = z.object({
  kind: z.literal('pathology'),
  slideId: PictureId,
  /**
   * Width of the largest level, on whose pixels all coordinates rest. A DICOM slide whose files are still arriving has a larger
   * one later: what was drawn on the smaller must not be taken for what it is not.
   */
  widthPx: z.number().int().positive(),
});
export type PathologyTarget = z.infer<typeof PathologyTarget>;

export const PathologyViewport = z.object({
  target: PathologyTarget,
  /** The slide's point in the middle of the window, in pixels of the largest level. */
  center: Point,
  /** Pixels of the largest level from the window's top to its bottom: the zoom. */
  imagePixelsPerScreenHeight: z.number().positive().max(1e8),
  /** Degrees clockwise. */
  rotation: z.number().min(0).lt(360),
});
export type PathologyViewport = z.infer<typeof PathologyViewport>;

export const SlideSummary = z.object({
  /** The series' UID, or the file's hash. */
  slideId: PictureId,
  description: z.string(),
  /** Files that make it up: a DICOM slide has one for each resolution. */
  fileCount: z.number().int(),
  sizeBytes: z.number().int(),
});
export type SlideSummary = z.infer<typeof SlideSummary>;

/** The slides of one study, or one file. */
export const PathologyMaterial = z.object({
  ...materialFields,
  kind: z.literal('pathology'),
  slides: z.array(SlideSummary),
});
export type PathologyMaterial = z.infer<typeof PathologyMaterial>;

export const pathology = {
  target: PathologyTarget,
  viewport: PathologyViewport,
  material: PathologyMaterial,
};

/** One resolution, in Deep Zoom's numbers: `maxLevel` is the whole slide, each below it half as large. */
export const SlideLevelView = z.object({
  level: z.number().int().min(0),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  tileWidth: z.number().int().positive(),
  tileHeight: z.number().int().positive(),
  columns: z.number().int().positive(),
  rows: z.number().int().positive(),
});
export type SlideLevelView = z.infer<typeof SlideLevelView>;

/** Pictures beside the slide. Only a thumbnail shows nothing but tissue; the others are for those who may see identifiers. */
export const AssociatedKind = z.enum(['label', 'macro', 'thumbnail', 'other']);
export type AssociatedKind = z.infer<typeof AssociatedKind>;

/**
 * What a viewer needs to know of a slide. Its pictures, each `private` under `/api/consultations/:consultationId/slides/:slideId/:revision`:
 * - `/slide_files/:level/:column_:row.jpeg` — a tile as the file holds it (JPEG, or PNG where the file has something else; the answer says which).
 *   Tiles of the last column and row may be larger than what lies of them inside the level.
 * - `/thumbnail` — all of the slide in at most 512 × 512 pixels, JPEG.
 * - `/associated/:index` — one of `associated`.
 */
export const SlideView = z.object({
  slideId: PictureId,
  /** Names exactly the files that the slide is made of now: another set of files has other tiles. */
  revision: z.string().regex(/^[0-9a-f]{16}$/),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  maxLevel: z.number().int().min(0),
  /** Coarse to fine; a file may leave some out. */
  levels: z.array(SlideLevelView).min(1),
  /** Size of a pixel of the largest level. null: not stated, lengths are in pixels then. */
  umPerPixel: z.object({ x: z.number().positive(), y: z.number().positive() }).nullable(),
  /** Nominal magnification of the objective, as stated. */
  objectivePower: z.number().positive().nullable(),
  /** Those that the caller may see. */
  associated: z.array(
    z.object({
      index: z.number().int().min(0),
      kind: AssociatedKind,
      width: z.number().int().positive(),
      height: z.number().int().positive(),
    }),
  ),
});
export type SlideView = z.infer<typeof SlideView>;
