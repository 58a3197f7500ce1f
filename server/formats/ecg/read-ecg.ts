import { Failure } from '../../contract/failure.ts';
import { type Attributes, findString } from '../dicom/attributes.ts';
import type { DicomFile } from '../dicom/dicom-file.ts';
import { itemsOf, parsedAttributes } from '../dicom/parsed-attributes.ts';
import { readCode } from './code.ts';
import { withDerivedLeads } from './derived-leads.ts';
import { readDevice } from './device.ts';
import { readGroup } from './groups.ts';
import { joinGroups } from './join-groups.ts';
import type { EcgFacts, EcgRecord } from './record.ts';

/** More than any record has; each costs little. */
const MAX_GROUPS = 256;

/** True where the file holds a waveform of any kind: whether it is an ECG, {@link readEcg} tells. */
export function hasWaveform({ dataset }: DicomFile): boolean {
  return dataset.elements.has('54000100');
}

/**
 * Reads a DICOM waveform with ECG leads: 12-lead, general, ambulatory ECG and the ECG of a haemodynamic record, PS3.3
 * C.10.9. All groups are read or none: what is not understood is refused, never drawn as if it were right.
 *
 * @throws Failure invalid-message with the reason
 * `no-ecg` (no channel is a voltage),
 * `waveform-uncalibrated` (a lead without sensitivity or unit),
 * `waveform-inconsistent` (the samples are not as many as channels × samples say, or there is no rate),
 * `waveform-encoding-unsupported` (a form of samples that no ECG object may have).
 */
export function readEcg(file: DicomFile): EcgRecord {
  const { dataset } = file;
  const attributes = parsedAttributes(dataset);
  const items = itemsOf(dataset, dataset.elements.get('54000100'));
  if (items.length > MAX_GROUPS) {
    throw new Failure('invalid-message', `${items.length} multiplex groups`, { reason: 'waveform-inconsistent' });
  }
  const all = items.map(readGroup);
  const withLeads = all.map((group) => (group.leads.length > 0 ? group : undefined));
  const stored = all.filter(({ leads }) => leads.length > 0);
  if (stored.length === 0) throw new Failure('invalid-message', 'no lead of an ECG', { reason: 'no-ecg' });
  const { groups, places } = joinGroups(stored);
  const device = readDevice(attributes, withLeads);
  const marks = device.marks.map((mark) => {
    const place = mark.group === null ? undefined : places[mark.group];
    if (!place) return mark;
    return { ...mark, group: place.group, timesS: mark.timesS.map((timeS) => timeS + place.laterS) };
  });
  return { facts: readFacts(attributes), groups: groups.map(withDerivedLeads), device: { ...device, marks } };
}

function readFacts(attributes: Attributes): EcgFacts {
  const text = (tag: string) => findString(attributes, tag) ?? '';
  return {
    sopClassUid: text('00080016'),
    sopInstanceUid: text('00080018'),
    patientName: text('00100010'),
    patientId: text('00100020'),
    patientBirthDate: text('00100030'),
    patientSex: text('00100040'),
    patientAge: text('00101010'),
    acquiredAt: text('0008002A') || text('00080022') + text('00080032') || text('00080023') + text('00080033'),
    institution: text('00080080'),
    manufacturer: text('00080070'),
    model: text('00081090'),
    electrodePlacement: electrodePlacementOf(attributes),
  };
}

/** PS3.16 TID 3401: Acquisition Context (0040,0555) with the concept "Electrode Placement". */
function electrodePlacementOf(attributes: Attributes): string {
  for (const item of attributes.items('00400555')) {
    const { value, meaning } = readCode(item.items('0040A043')[0]);
    if (value === '5.4.5-33-1' || meaning.toLowerCase() === 'electrode placement')
      return readCode(item.items('0040A168')[0]).meaning;
  }
  return '';
}
