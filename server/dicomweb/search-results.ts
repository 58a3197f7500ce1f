import type { StudyTotals } from '../archive/search.ts';
import type { Instance, Series, Study } from '../archive/study.ts';
import { personNameOf } from '../formats/dicom/dicom-json-values.ts';
import type { DicomJson, DicomJsonAttribute, DicomJsonValue } from '../formats/dicom/json-attributes.ts';

/** Text in these answers is Unicode, PS3.18 section F.2. */
const CHARACTER_SET = value('CS', 'ISO_IR 192');
const AVAILABILITY = value('CS', 'ONLINE');

/** PS3.18 table 10.6.3-3, and the description that every list of studies shows. */
export function studyResult(study: Study, totals: StudyTotals, address: string): DicomJson {
  return {
    '00080005': CHARACTER_SET,
    '00080020': value('DA', study.studyDate),
    '00080030': value('TM', study.studyTime),
    '00080050': value('SH', study.accessionNumber),
    '00080056': AVAILABILITY,
    '00080061': { vr: 'CS', ...(totals.modalities.length > 0 ? { Value: totals.modalities } : {}) },
    '00080090': person(study.referringPhysicianName),
    '00081030': value('LO', study.studyDescription),
    '00081190': value('UR', address),
    '00100010': person(study.patientName),
    '00100020': value('LO', study.patientId),
    '00100030': value('DA', study.patientBirthDate),
    '00100040': value('CS', study.patientSex),
    '0020000D': value('UI', study.studyInstanceUid),
    '00200010': value('SH', study.studyId),
    '00201206': value('IS', totals.seriesCount),
    '00201208': value('IS', totals.instanceCount),
  };
}

/** PS3.18 table 10.6.3-4. */
export function seriesResult(series: Series, instanceCount: number, address: string): DicomJson {
  return {
    '00080005': CHARACTER_SET,
    '00080056': AVAILABILITY,
    '00080060': value('CS', series.modality),
    '0008103E': value('LO', series.seriesDescription),
    '00081190': value('UR', address),
    '00180015': value('CS', series.bodyPartExamined),
    '0020000D': value('UI', series.studyInstanceUid),
    '0020000E': value('UI', series.seriesInstanceUid),
    '00200011': value('IS', series.seriesNumber),
    '00201209': value('IS', instanceCount),
    '00400244': value('DA', series.performedStepStartDate),
    '00400245': value('TM', series.performedStepStartTime),
  };
}

/** PS3.18 table 10.6.3-5. */
export function instanceResult(instance: Instance, address: string): DicomJson {
  const image: DicomJson =
    instance.rows === null
      ? {}
      : {
          '00280008': value('IS', instance.numberOfFrames),
          '00280010': value('US', instance.rows),
          '00280011': value('US', instance.columns),
          '00280100': value('US', instance.bitsAllocated),
        };
  return {
    '00080005': CHARACTER_SET,
    '00080016': value('UI', instance.sopClassUid),
    '00080018': value('UI', instance.sopInstanceUid),
    '00080056': AVAILABILITY,
    '00081190': value('UR', address),
    '00083002': value('UI', instance.transferSyntaxUid),
    '0020000D': value('UI', instance.studyInstanceUid),
    '0020000E': value('UI', instance.seriesInstanceUid),
    '00200013': value('IS', instance.instanceNumber),
    ...image,
  };
}

/** Adds attributes of a stored dataset; what the result says already stands. */
export function withIncluded(
  result: DicomJson,
  stored: DicomJson,
  include: 'all' | ReadonlySet<string>,
  allowed: ReadonlySet<string> | undefined,
): DicomJson {
  const added = Object.entries(stored).filter(
    ([tag]) => (include === 'all' || include.has(tag)) && (allowed === undefined || allowed.has(tag)),
  );
  return sorted({ ...Object.fromEntries(added), ...result });
}

export function sorted(json: DicomJson): DicomJson {
  return Object.fromEntries(Object.entries(json).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function value(vr: string, content: DicomJsonValue): DicomJsonAttribute {
  return content === null || content === '' ? { vr } : { vr, Value: [content] };
}

function person(name: string): DicomJsonAttribute {
  return value('PN', personNameOf(name));
}
