import { get_element } from '@iwharris/dicom-data-dictionary';
import type { SearchField, SearchLevel } from '../archive/search.ts';

/** How the values of an attribute are matched. */
export type MatchKind = 'uid' | 'name' | 'code' | 'text' | 'date' | 'time' | 'number';

export interface SearchKey {
  tag: string;
  level: SearchLevel;
  field: SearchField;
  kind: MatchKind;
}

/** Attributes that a search can match, PS3.18 tables 10.6.1-5 and the ones beside them that the archive keeps. */
const KEYS: SearchKey[] = [
  { tag: '00080020', level: 'study', field: 'studyDate', kind: 'date' },
  { tag: '00080030', level: 'study', field: 'studyTime', kind: 'time' },
  { tag: '00080050', level: 'study', field: 'accessionNumber', kind: 'text' },
  { tag: '00080090', level: 'study', field: 'referringPhysicianName', kind: 'name' },
  { tag: '00081030', level: 'study', field: 'studyDescription', kind: 'text' },
  { tag: '00100010', level: 'study', field: 'patientName', kind: 'name' },
  { tag: '00100020', level: 'study', field: 'patientId', kind: 'text' },
  { tag: '00100030', level: 'study', field: 'patientBirthDate', kind: 'date' },
  { tag: '00100040', level: 'study', field: 'patientSex', kind: 'code' },
  { tag: '0020000D', level: 'study', field: 'studyInstanceUid', kind: 'uid' },
  { tag: '00200010', level: 'study', field: 'studyId', kind: 'text' },
  // Modalities in Study: a study with any series of that modality.
  { tag: '00080061', level: 'series', field: 'modality', kind: 'code' },
  { tag: '00080060', level: 'series', field: 'modality', kind: 'code' },
  { tag: '0008103E', level: 'series', field: 'seriesDescription', kind: 'text' },
  { tag: '00180015', level: 'series', field: 'bodyPartExamined', kind: 'code' },
  { tag: '0020000E', level: 'series', field: 'seriesInstanceUid', kind: 'uid' },
  { tag: '00200011', level: 'series', field: 'seriesNumber', kind: 'number' },
  { tag: '00400244', level: 'series', field: 'performedStepStartDate', kind: 'date' },
  { tag: '00400245', level: 'series', field: 'performedStepStartTime', kind: 'time' },
  { tag: '00080016', level: 'instance', field: 'sopClassUid', kind: 'uid' },
  { tag: '00080018', level: 'instance', field: 'sopInstanceUid', kind: 'uid' },
  { tag: '00200013', level: 'instance', field: 'instanceNumber', kind: 'number' },
  { tag: '00280008', level: 'instance', field: 'numberOfFrames', kind: 'number' },
  { tag: '00280010', level: 'instance', field: 'rows', kind: 'number' },
  { tag: '00280011', level: 'instance', field: 'columns', kind: 'number' },
  { tag: '00280100', level: 'instance', field: 'bitsAllocated', kind: 'number' },
];

const BY_TAG = new Map(KEYS.map((key) => [key.tag, key]));

export function findSearchKey(tag: string): SearchKey | undefined {
  return BY_TAG.get(tag);
}

/** The tag of an attribute that is named by tag or keyword, PS3.18 section 8.3.4.1; undefined: no such attribute. */
export function findTag(name: string): string | undefined {
  if (/^[0-9A-Fa-f]{8}$/.test(name)) return name.toUpperCase();
  const tag = /^[A-Za-z][A-Za-z0-9]*$/.test(name) ? get_element(name)?.tag : undefined;
  return tag?.replace(/[(),]/g, '').toUpperCase();
}

/** What `includefield` may add to a study: attributes of the patient and the study (PS3.4 sections C.6.1.1.2 and C.6.1.1.3). */
export const STUDY_TAGS = tags(
  '00080201 00080051 00081030 00081032 00081048 00081049 00081060 00081062 00081080 00081084 00100021 00100022 00100024',
  '00100026 00100032 00101000 00101001 00101002 00101010 00101020 00101030 00102000 00102110 00102160 00102180 001021B0',
  '001021C0 00104000 00101040 0032000A 00321032 00321060 00321064 00324000',
);

/** And to a series (PS3.4 section C.6.1.1.4): attributes of the series and of the device. */
export const SERIES_TAGS = tags(
  '00080201 00080021 00080031 0008103E 0008103F 00080070 00080080 00080081 00081010 00081040 00081050 00081070 00081090',
  '00181000 00181020 00181030 00180015 00185100 00200052 00200060 00201040 00400253 00400254 00400255 00400260 00400275',
);

function tags(...lists: string[]): ReadonlySet<string> {
  return new Set(lists.join(' ').split(' '));
}
