import { type Attributes, findNumber, findString } from '../dicom/attributes.ts';
import { readCode } from './code.ts';
import type { EcgCode, EcgDevice, EcgGroup, EcgQuantity } from './record.ts';

/** SCPECG and LOINC codes of PS3.16 CID 3687 and its like that devices use for the values everybody looks for. */
const QUANTITY_BY_CODE = new Map<string, EcgQuantity>([
  ['LN 8867-4', 'heart-rate'],
  ['SCPECG 5.10.2.1-3', 'rr'],
  ['SCPECG 5.10.2.1-5', 'pp'],
  ['SCPECG 5.13.5-7', 'pr'],
  ['SCPECG 5.13.5-9', 'qrs'],
  ['SCPECG 5.13.5-11', 'qt'],
  ['SCPECG 5.10.2.5-5', 'qtc'],
  ['SCPECG 5.10.3-11', 'p-axis'],
  ['SCPECG 5.10.3-13', 'qrs-axis'],
  ['SCPECG 5.10.3-15', 't-axis'],
]);

/** Of other schemes only a meaning that says exactly this. */
const QUANTITY_BY_MEANING = new Map<string, EcgQuantity>([
  ['heart rate', 'heart-rate'],
  ['ventricular heart rate', 'heart-rate'],
  ['rr interval', 'rr'],
  ['pp interval', 'pp'],
  ['p duration', 'p-duration'],
  ['pr interval', 'pr'],
  ['pr interval global', 'pr'],
  ['qrs duration', 'qrs'],
  ['qrs duration global', 'qrs'],
  ['qt interval', 'qt'],
  ['qt interval global', 'qt'],
  ['qtc interval', 'qtc'],
  ['qtc interval global', 'qtc'],
  ['p axis', 'p-axis'],
  ['qrs axis', 'qrs-axis'],
  ['t axis', 't-axis'],
]);

/**
 * Reads the Waveform Annotation Sequence (0040,B020), PS3.3 C.10.10: what the device measured, marked and thought. An
 * item that is none of the three, or is unreadable, is left out; it has no part in the samples.
 */
export function readDevice(file: Attributes, groups: readonly (EcgGroup | undefined)[]): EcgDevice {
  const device: EcgDevice = { statements: [], measurements: [], marks: [] };
  for (const item of file.items('0040B020')) {
    const text = findString(item, '00700006');
    const concept = readCode(item.items('0040A043')[0]);
    const values = item.numbers('0040A30A', 'DS');
    if (text !== undefined) device.statements.push(text.trim());
    if (values.length > 0) {
      const unit = readCode(item.items('004008EA')[0]);
      device.measurements.push({ quantity: quantityOf(concept), concept, values, unit: unit.value || unit.meaning });
    }
    const range = findString(item, '0040A130');
    if (range !== undefined) {
      const number = item.numbers('0040A0B0', 'US')[0] ?? 1;
      const group = groups[number - 1];
      device.marks.push({
        concept,
        range,
        timesS: group === undefined ? [] : timesOf(item, group),
        group: group === undefined ? null : groups.filter(isPresent).indexOf(group),
        annotationGroup: findNumber(item, '0040A180', 'US') ?? null,
      });
    }
  }
  return device;
}

function isPresent(group: EcgGroup | undefined): group is EcgGroup {
  return group !== undefined;
}

/** Sample positions count from 1 (0040,A132); time offsets (0040,A138) are seconds after the begin of the record. */
function timesOf(item: Attributes, { sampleRateHz, startS }: EcgGroup): number[] {
  const positions = item.numbers('0040A132', 'UL');
  if (positions.length > 0) return positions.map((position) => (position - 1) / sampleRateHz);
  return item.numbers('0040A138', 'DS').map((offsetS) => offsetS - startS);
}

function quantityOf({ value, scheme, meaning }: EcgCode): EcgQuantity | null {
  return QUANTITY_BY_CODE.get(`${scheme} ${value}`) ?? QUANTITY_BY_MEANING.get(meaning.toLowerCase()) ?? null;
}
