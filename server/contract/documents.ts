import { z } from 'zod';
import { CONTENT_VALUE_TYPES, DOCUMENT_TYPES } from './document-types.ts';
import { MAX_DOCUMENT_PAGES } from './limits.ts';
import { materialFields, PictureId, Point } from './picture.ts';

export const DocumentsTarget = z.object({
  kind: z.literal('documents'),
  documentId: PictureId,
  /** From 1. */
  page: z.number().int().min(1).max(MAX_DOCUMENT_PAGES),
});
export type DocumentsTarget = z.infer<typeof DocumentsTarget>;

export const DocumentsViewport = z.object({
  target: DocumentsTarget,
  /** The page's point in the middle of the window. */
  center: Point,
  /** Units of the page (pixels of a photograph, else points) from the window's top to its bottom: the zoom. */
  pageUnitsPerScreenHeight: z.number().positive().max(1e7),
  /** Degrees clockwise: 0, 90, 180 or 270. */
  rotation: z.literal([0, 90, 180, 270]),
});
export type DocumentsViewport = z.infer<typeof DocumentsViewport>;

export const DocumentSummary = z.object({
  documentId: PictureId,
  type: z.enum(DOCUMENT_TYPES),
  /** As the series, or the file, is called; may be empty. */
  description: z.string(),
  number: z.number().nullable(),
  /** null: it has no pages of its own (text is laid out where it is shown). */
  pageCount: z.number().int().positive().nullable(),
  sizeBytes: z.number().int(),
});
export type DocumentSummary = z.infer<typeof DocumentSummary>;

/** The documents of one study, or one file. */
export const DocumentsMaterial = z.object({
  ...materialFields,
  kind: z.literal('documents'),
  documents: z.array(DocumentSummary),
});
export type DocumentsMaterial = z.infer<typeof DocumentsMaterial>;

/** One content item of a structured report's tree, in the order of the report. */
export const ContentLine = z.object({
  depth: z.number().int().min(0),
  valueType: z.enum(CONTENT_VALUE_TYPES),
  /** The concept's meaning; empty: none is stated. */
  name: z.string(),
  /** The value with its unit; of what points at an object its UID; empty: a heading, or a value that text cannot say. */
  text: z.string(),
});
export type ContentLine = z.infer<typeof ContentLine>;

/** The content tree of a structured report (PS3.3 section C.17.3) as lines of text. */
export const DocumentText = z.object({
  title: z.string(),
  /** (0040,A491) and (0040,A493): whether it is finished, and whether a person vouches for it; null: not stated. */
  isComplete: z.boolean().nullable(),
  isVerified: z.boolean().nullable(),
  lines: z.array(ContentLine),
});
export type DocumentText = z.infer<typeof DocumentText>;

export const documents = {
  target: DocumentsTarget,
  viewport: DocumentsViewport,
  material: DocumentsMaterial,
};
