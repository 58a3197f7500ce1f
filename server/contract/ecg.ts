import { z } from 'zod';
import { materialFields, PictureId, Point } from './picture.ts';

export const EcgTarget = z.object({
  kind: z.literal('ecg'),
  recordId: PictureId,
  /** Index of the multiplex group: the rhythm, or what the device computed from it. */
  group: z.number().int().min(0).max(255),
});
export type EcgTarget = z.infer<typeof EcgTarget>;

/** Rows by columns; `3x4+1` has a rhythm strip below. */
export const EcgLayout = z.enum(['3x4+1', '6x2', '12x1']);
export type EcgLayout = z.infer<typeof EcgLayout>;

export const EcgViewport = z.object({
  target: EcgTarget,
  /** Where the sheet begins, seconds after the group's begin. */
  startS: z.number().min(0).max(1e7),
  layout: EcgLayout,
  speedMmPerS: z.literal([25, 50]),
  gainMmPerMv: z.literal([5, 10, 20]),
  /** The place of the sheet in the middle of the window: mm from its top left corner. */
  center: Point,
  /** Paper from the window's top to its bottom: the zoom. A screen that was measured knows from it whether it shows true millimetres. */
  paperMmPerScreenHeight: z.number().positive().max(1e5),
});
export type EcgViewport = z.infer<typeof EcgViewport>;

export const EcgRecordView = z.object({
  recordId: PictureId,
  /** As the file calls it, or empty. */
  description: z.string(),
  number: z.number().nullable(),
});
export type EcgRecordView = z.infer<typeof EcgRecordView>;

/** The ECGs of one study, or one file. The samples: `GET /api/consultations/:consultationId/ecgs/:recordId`. */
export const EcgMaterial = z.object({ ...materialFields, kind: z.literal('ecg'), records: z.array(EcgRecordView) });
export type EcgMaterial = z.infer<typeof EcgMaterial>;

export const ecg = { target: EcgTarget, viewport: EcgViewport, material: EcgMaterial };
