import type { Instance } from '../archive/study.ts';
import { Failure } from '../contract/index.ts';
import type { DicomJson, DicomJsonAttribute, DicomJsonValue } from '../formats/dicom/json-attributes.ts';
import { type DicomWebAddresses, instanceAddress, studyAddress } from './addresses.ts';

/** What became of one part of a store request. The UIDs are null where the part could not be read. */
export type StoreOutcome =
  | { stored: Instance }
  | { stored: null; sopClassUid: string | null; sopInstanceUid: string | null; failure: Failure };

/** The part belongs to another study than the address says. */
export class StudyMismatch extends Failure {
  constructor() {
    super('conflict', 'the instance is of another study than the address');
  }
}

/** Failure reasons of PS3.18 table I.2-2, and 0111, duplicate SOP instance, of PS3.7 section C.5.7. */
const REASON = {
  outOfResources: 0xa700,
  doesNotMatch: 0xa900,
  cannotUnderstand: 0xc000,
  duplicate: 0x0111,
  processing: 0x0110,
};

function reasonOf(failure: Failure): number {
  if (failure instanceof StudyMismatch) return REASON.doesNotMatch;
  switch (failure.reason) {
    case 'instance-differs':
      return REASON.duplicate;
    case 'storage-full':
    case 'file-too-large':
      return REASON.outOfResources;
    case 'not-dicom':
    case 'file-empty':
    case 'file-truncated':
    case 'file-damaged':
    case 'uid-too-long':
      return REASON.cannotUnderstand;
    default:
      return REASON.processing;
  }
}

/** PS3.18 table 10.5.3-1; 503 where nothing was stored and trying again later may help. */
export function storeStatus(outcomes: StoreOutcome[]): 200 | 202 | 409 | 503 {
  const failures = outcomes.flatMap((outcome) => (outcome.stored === null ? [outcome.failure] : []));
  if (failures.length === 0) return 200;
  if (failures.length < outcomes.length) return 202;
  return failures.every(({ code }) => code === 'unavailable') ? 503 : 409;
}

/** The Store Instances Response Module, PS3.18 Annex I. */
export function storeResponse(outcomes: StoreOutcome[], addresses: DicomWebAddresses): DicomJson {
  const failed: DicomJson[] = [];
  const stored: DicomJson[] = [];
  const studies = new Set<string>();
  for (const outcome of outcomes) {
    if (outcome.stored === null) {
      failed.push({
        '00081150': value('UI', outcome.sopClassUid),
        '00081155': value('UI', outcome.sopInstanceUid),
        '00081197': value('US', reasonOf(outcome.failure)),
        // The standard has a number only. Error Comment (PS3.7 section E.2) is where other archives put words too.
        '00000902': value('LO', outcome.failure.message.slice(0, 64)),
      });
      continue;
    }
    const { sopClassUid, sopInstanceUid, studyInstanceUid } = outcome.stored;
    studies.add(studyInstanceUid);
    stored.push({
      '00081150': value('UI', sopClassUid),
      '00081155': value('UI', sopInstanceUid),
      '00081190': value('UR', instanceAddress(addresses, outcome.stored)),
    });
  }
  const [study] = studies;
  return {
    // One study: where it is to be had. Several: the attribute is of type 2 and stays empty.
    '00081190': value('UR', studies.size === 1 && study !== undefined ? studyAddress(addresses, study) : null),
    ...(failed.length > 0 ? { '00081198': { vr: 'SQ', Value: failed } } : {}),
    ...(stored.length > 0 ? { '00081199': { vr: 'SQ', Value: stored } } : {}),
  };
}

function value(vr: string, content: DicomJsonValue): DicomJsonAttribute {
  return content === null ? { vr } : { vr, Value: [content] };
}
