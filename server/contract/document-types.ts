/**
 * What a document is. The first four are shown: pages of a PDF, a photograph, the text of a structured report, and that of a
 * key object selection. The others are named, and nothing of them is shown.
 */
export const DOCUMENT_TYPES = [
  'pdf',
  'photograph',
  'structured-report',
  'key-object-selection',
  'presentation-state',
  'encapsulated',
  'radiotherapy',
  'other',
] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

const SHOWN: readonly DocumentType[] = ['pdf', 'photograph', 'structured-report', 'key-object-selection'];
export const isShown = (type: DocumentType): boolean => SHOWN.includes(type);

/** Value types of content items, PS3.3 section C.17.3.2.1. */
export const CONTENT_VALUE_TYPES = [
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
] as const;
export type ContentValueType = (typeof CONTENT_VALUE_TYPES)[number];

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

/** All storage classes of this kind. */
export const DOCUMENT_CLASSES = Object.keys(TYPE_OF_CLASS);

/** Of a class of this kind. */
export const documentTypeOf = (sopClassUid: string): DocumentType => TYPE_OF_CLASS[sopClassUid] ?? 'other';
