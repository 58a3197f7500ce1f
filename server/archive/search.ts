/** The columns that a search may match, by the level they belong to. */
export const SEARCH_FIELDS = {
  study: [
    'studyInstanceUid',
    'patientName',
    'patientId',
    'patientBirthDate',
    'patientSex',
    'studyDate',
    'studyTime',
    'studyId',
    'studyDescription',
    'accessionNumber',
    'referringPhysicianName',
  ],
  series: [
    'seriesInstanceUid',
    'modality',
    'seriesNumber',
    'seriesDescription',
    'bodyPartExamined',
    'performedStepStartDate',
    'performedStepStartTime',
  ],
  instance: ['sopInstanceUid', 'sopClassUid', 'instanceNumber', 'rows', 'columns', 'bitsAllocated', 'numberOfFrames'],
} as const;

export type SearchLevel = keyof typeof SEARCH_FIELDS;
export type SearchField = (typeof SEARCH_FIELDS)[SearchLevel][number];

/** How a value is matched, PS3.4 section C.2.2.2. All matches of a search must hold. */
export type Match = { level: SearchLevel; field: SearchField } & (
  | { kind: 'any-of'; values: (string | number)[] }
  /** `*` any characters, `?` one; `isName`: any component group of a person name may match, in either letter case. */
  | { kind: 'wildcard'; pattern: string; isName: boolean }
  /** Both ends included; an open end is undefined. An empty value never matches. */
  | { kind: 'range'; from: string | undefined; to: string | undefined }
);

export interface SearchPage {
  offset: number;
  limit: number;
}

/** What a level of the hierarchy adds up to within a scope. */
export interface StudyTotals {
  modalities: string[];
  seriesCount: number;
  instanceCount: number;
}
