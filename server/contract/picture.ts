import { z } from 'zod';
import { FilePatientView } from './patient.ts';
import { DicomUid, Id, Instant, Sha256 } from './primitives.ts';

/**
 * A point in the picture's own coordinates.
 * Imaging: pixels, (0,0) is the outer corner of the first pixel, x to the right, y down. Pathology: the same, in pixels of the
 * largest level. ECG: x is milliseconds after the group's begin, y microvolts downwards in bands of 40 000, one for each lead.
 * Documents: pixels of a photograph, else points of 1/72 inch, from the corner of the page as it is read upright.
 */
export const Point = z.object({ x: z.number(), y: z.number() });
export type Point = z.infer<typeof Point>;

/** A DICOM object's UID, or the hash of a file that is no DICOM object. */
export const PictureId = z.union([DicomUid, Sha256]);
export type PictureId = z.infer<typeof PictureId>;

/** What all kinds of attached pictures have in common. */
export const materialFields = {
  materialId: Id,
  /** What the study, or the file, is called. */
  description: z.string(),
  /** DICOM date as stored, `YYYYMMDD`, or empty. */
  studyDate: z.string(),
  /** Whom the files name, the most pictures first. Empty: files that name nobody (no DICOM object). */
  patients: z.array(FilePatientView),
  /** The files of this one study name more than one person. */
  patientsDiffer: z.boolean(),
  addedAt: Instant,
};
