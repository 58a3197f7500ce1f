import { z } from 'zod';
import { materialFields, Point } from './picture.ts';
import { DicomUid } from './primitives.ts';

export const ImagingTarget = z.object({
  kind: z.literal('imaging'),
  studyInstanceUid: DicomUid,
  seriesInstanceUid: DicomUid,
  sopInstanceUid: DicomUid,
  /** Frame number from 1, as PS3.18 counts. */
  frame: z.number().int().min(1),
});
export type ImagingTarget = z.infer<typeof ImagingTarget>;

export const VoiFunction = z.enum(['LINEAR', 'LINEAR_EXACT', 'SIGMOID']);
export type VoiFunction = z.infer<typeof VoiFunction>;

export const ImagingViewport = z.object({
  target: ImagingTarget,
  /** The image point in the middle of the window. */
  center: Point,
  /** Image pixels from the window's top to its bottom: the zoom. */
  imagePixelsPerScreenHeight: z.number().positive().max(1e6),
  /** Degrees clockwise: 0, 90, 180 or 270. */
  rotation: z.number().min(0).lt(360),
  flipHorizontal: z.boolean(),
  flipVertical: z.boolean(),
  /** In output units of the modality LUT (HU for CT). null: as the image itself says. */
  voi: z.object({ center: z.number(), width: z.number().positive(), function: VoiFunction }).nullable(),
  invert: z.boolean(),
});
export type ImagingViewport = z.infer<typeof ImagingViewport>;

export const SeriesView = z.object({
  seriesInstanceUid: DicomUid,
  modality: z.string(),
  number: z.number().nullable(),
  description: z.string(),
  instanceCount: z.number(),
  /** Of all instances together: more than there are instances where some have several frames. */
  frameCount: z.number(),
});
export type SeriesView = z.infer<typeof SeriesView>;

/** The images of one study. */
export const ImagingMaterial = z.object({
  ...materialFields,
  kind: z.literal('imaging'),
  studyInstanceUid: DicomUid,
  series: z.array(SeriesView),
});
export type ImagingMaterial = z.infer<typeof ImagingMaterial>;

export const imaging = {
  target: ImagingTarget,
  viewport: ImagingViewport,
  material: ImagingMaterial,
};
