import { z } from 'zod';
import { materialFields, PictureId, Point } from './picture.ts';

/** What a document may be at most: larger ones are refused, so that every computer can show what was taken. */
export const MAX_DOCUMENT_BYTES = 100 * 1024 ** 2;
export const MAX_DOCUMENT_PAGES = 2000;
/** A telephone's largest photograph has about as many. */
export const MAX_PHOTOGRAPH_PIXELS = 110e6;

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

/**
 * What a document is. The first four are shown: pages of a PDF, a photograph, the text of a structured report, and that of a
 * key object selection. The others are named, and nothing of them is shown.
 */
export const DocumentType = z.enum([
  'pdf',
  'photograph',
  'structured-report',
  'key-object-selection',
  'presentation-state',
  'encapsulated',
  'radiotherapy',
  'other',
]);
export type DocumentType = z.infer<typeof DocumentType>;

const SHOWN: readonly DocumentType[] = ['pdf', 'photograph', 'structured-report', 'key-object-selection'];
export const isShown = (type: DocumentType): boolean => SHOWN.includes(type);

export const DocumentSummary = z.object({
  documentId: PictureId,
  type: DocumentType,
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

/** Value types of content items, PS3.3 section C.17.3.2.1. */
export const ContentValueType = z.enum([
  'TEXT',
  'NUM',
  'CODE',
  'DATETIME',
  'DATE',
  'TIME',
  'UIDREF',
  'PNAME',
  'COMPOSITE',
  'IMAGE',
  'WAVEFORM',
  'SCOORD',
  'SCOORD3D',
  'TCOORD',
  'TABLE',
  'CONTAINER',
  'REFERENCE',
]);
export type ContentValueType = z.infer<typeof ContentValueType>;

/** One content item of a structured report's tree, in the order of the report. */
export const ContentLine = z.object({
  depth: z.number().int().min(0),
  valueType: ContentValueType,
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

const SR = '1.2.840.10008.5.1.4.1.1.88.';
const KEY_OBJECT_SELECTION = `${SR}59`;
const ENCAPSULATED_PDF = '1.2.840.10008.5.1.4.1.1.104.1';

/** Storage classes, PS3.4 table B.5-1, that hold no picture. */
const TYPE_OF_CLASS: Record<string, DocumentType> = Object.fromEntries<DocumentType>([
  [ENCAPSULATED_PDF, 'pdf'],
  // CDA, STL, OBJ, MTL
  ...[2, 3, 4, 5].map((last): [string, DocumentType] => [`1.2.840.10008.5.1.4.1.1.104.${last}`, 'encapsulated']),
  ...[1, 2, 3, 4, 11, 22, 33, 34, 35, 40, 50, 65, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77].map(
    (last): [string, DocumentType] => [SR + last, 'structured-report'],
  ),
  [KEY_OBJECT_SELECTION, 'key-object-selection'],
  ...Array.from({ length: 12 }, (_, index): [string, DocumentType] => [
    `1.2.840.10008.5.1.4.1.1.11.${index + 1}`,
    'presentation-state',
  ]),
  // RT structure set, plans, treatment records
  ...[3, 4, 5, 6, 7, 8, 9].map((last): [string, DocumentType] => [
    `1.2.840.10008.5.1.4.1.1.481.${last}`,
    'radiotherapy',
  ]),
  // raw data, registrations, fiducials, surfaces, real world value mapping
  ...['66', '66.1', '66.2', '66.3', '66.5', '67'].map((last): [string, DocumentType] => [
    `1.2.840.10008.5.1.4.1.1.${last}`,
    'other',
  ]),
]);

/** Of a class of this kind. */
export const documentTypeOf = (sopClassUid: string): DocumentType => TYPE_OF_CLASS[sopClassUid] ?? 'other';

export const documents = {
  target: DocumentsTarget,
  viewport: DocumentsViewport,
  material: DocumentsMaterial,
  sopClassUids: Object.keys(TYPE_OF_CLASS),
};
