import { createRandom } from '../random.ts';
import { type Subject, subjectElements, uidOf } from '../subject.ts';
import { code, type Element, packed, writeDicom } from '../write-dicom.ts';
import { type DeviceValue, deviceElements } from './device-values.ts';
import { DURATION_S, LEADS, RATE_HZ, type Rhythm, recordRhythm, UV_PER_COUNT } from './rhythm.ts';

export interface EcgPicture {
  studyInstanceUid: string;
  sopInstanceUid: string;
  bytes: Uint8Array;
}

export interface EcgPlan {
  seed: string;
  rhythm(random: ReturnType<typeof createRandom>): Rhythm;
  values: readonly DeviceValue[];
  statement: string;
}

const TWELVE_LEAD_ECG_STORAGE = '1.2.840.10008.5.1.4.1.1.9.1.1';
/** Lead numbers of PS3.16 CID 3001, in the order of LEADS. */
const LEAD_NUMBERS = [1, 2, 61, 62, 63, 64, 3, 4, 5, 6, 7, 8];
const PADDING = -32768;

/** A resting ECG as 12-lead ECG Waveform Storage, PS3.3 section A.34.3. */
export function makeEcg({ seed, rhythm, values, statement }: EcgPlan, subject: Subject): EcgPicture {
  const random = createRandom(seed);
  const unique = `ecg/${seed}/${subject.takenAt.toISOString()}`;
  const [studyInstanceUid, seriesInstanceUid] = [uidOf(`${unique}/study`), uidOf(`${unique}/series`)];
  const sopInstanceUid = uidOf(unique);
  const counts = recordRhythm(rhythm(random), random);
  const samples = new Int16Array(RATE_HZ * DURATION_S * LEADS.length);
  for (const [channel, name] of LEADS.entries())
    for (const [at, count] of counts[name].entries()) samples[at * LEADS.length + channel] = count;
  const elements: Element[] = [
    ...subjectElements(
      subject,
      { studyInstanceUid, seriesInstanceUid },
      { modality: 'ECG', studyDescription: '12导联心电图', seriesDescription: '静息 10 s', model: 'Resting ECG' },
    ),
    ['00080016', 'UI', TWELVE_LEAD_ECG_STORAGE],
    ['00080018', 'UI', sopInstanceUid],
    ['00200013', 'IS', '1'],
    ['00400555', 'SQ', [placement()]],
    ['0040B020', 'SQ', deviceElements(values, statement)],
    ['54000100', 'SQ', [group(samples)]],
  ];
  return { studyInstanceUid, sopInstanceUid, bytes: writeDicom(elements) };
}

/** PS3.16 TID 3401. */
function placement(): Element[] {
  return [
    ['0040A040', 'CS', 'CODE'],
    ['0040A043', 'SQ', [code('5.4.5-33-1', 'SCPECG', 'Electrode Placement')]],
    ['0040A168', 'SQ', [code('5.4.5-33-1-1', 'SCPECG', '标准12导联位置')]],
  ];
}

function group(samples: Int16Array): Element[] {
  return [
    ['00181068', 'DS', '0'],
    ['003A0004', 'CS', 'ORIGINAL'],
    ['003A0005', 'US', [LEADS.length]],
    ['003A0010', 'UL', [RATE_HZ * DURATION_S]],
    ['003A001A', 'DS', String(RATE_HZ)],
    ['003A0020', 'SH', 'RHYTHM'],
    ['003A0200', 'SQ', LEADS.map(channel)],
    ['54001004', 'US', [16]],
    ['54001006', 'CS', 'SS'],
    ['5400100A', 'OW', packed([PADDING], 2)],
    ['54001010', 'OW', packed(samples, 2)],
  ];
}

function channel(name: string, index: number): Element[] {
  return [
    ['003A0202', 'IS', String(index + 1)],
    ['003A0203', 'SH', name],
    ['003A0208', 'SQ', [code(`2:${LEAD_NUMBERS[index]}`, 'MDC', `Lead ${name}`)]],
    ['003A0210', 'DS', String(UV_PER_COUNT)],
    ['003A0211', 'SQ', [code('uV', 'UCUM', 'microvolt')]],
    ['003A0212', 'DS', '1'],
    ['003A0213', 'DS', '0'],
    ['003A0215', 'DS', '0'],
    ['003A021A', 'US', [16]],
    ['003A0220', 'DS', '0.05'],
    ['003A0221', 'DS', '150'],
    ['003A0222', 'DS', '50'],
  ];
}
