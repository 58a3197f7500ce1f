import { Failure } from '../../contract/failure.ts';
import { findNumber, findString } from '../dicom/attributes.ts';
import type { Dataset } from '../dicom/dataset.ts';
import { itemsOf, parsedAttributes } from '../dicom/parsed-attributes.ts';
import { channelScale } from './calibration.ts';
import { readCode } from './code.ts';
import { leadName } from './lead-name.ts';
import type { EcgFilters, EcgGroup, EcgLead } from './record.ts';
import { interpretationOf, readCount, readCounts } from './samples.ts';

/** More than any device has; a file made to exhaust memory has more. */
const MAX_CHANNELS = 1024;
/** The fastest ECG amplifiers sample a few ten thousand times a second. */
const MAX_RATE_HZ = 1_000_000;

/**
 * Reads one item of the Waveform Sequence (5400,0100), PS3.3 C.10.9. A group may have no lead: pressure, respiration.
 * @throws Failure waveform-inconsistent, waveform-uncalibrated, waveform-encoding-unsupported
 */
export function readGroup(group: Dataset): EcgGroup {
  const attributes = parsedAttributes(group);
  const definitions = itemsOf(group, group.elements.get('003A0200'));
  const size = readSize(attributes, definitions.length);
  const { sampleRateHz, sampleCount } = size;
  const data = group.elements.get('54001010');
  if (sampleCount < 1 || data === undefined) throw inconsistent('no samples');
  const interpretation = interpretationOf(
    findString(attributes, '54001006') ?? '',
    findNumber(attributes, '54001004', 'US'),
  );
  const counts = readCounts(group, data, interpretation, { channels: size.channels, samples: sampleCount });
  const paddingCount = readCount(group, '5400100A', interpretation);

  const leads: EcgLead[] = [];
  const otherChannels: string[] = [];
  for (const [index, definition] of definitions.entries()) {
    const { name, lead } = readChannel(definition, {
      index,
      counts: counts[index],
      sampleRateHz,
      interpretation,
      paddingCount,
    });
    if (lead) leads.push(lead);
    else otherChannels.push(name);
  }
  const trigger = findNumber(attributes, '0018106E', 'UL') ?? 0;
  const label = findString(attributes, '003A0020') ?? '';
  // Some devices call a median beat original; no electrode gave it.
  const isComputed = findString(attributes, '003A0004') === 'DERIVED' || /MEDIAN|AVERAGE/i.test(label);
  return {
    label,
    originality: isComputed ? 'DERIVED' : 'ORIGINAL',
    sampleRateHz,
    sampleCount,
    startS: (findNumber(attributes, '00181068', 'DS') ?? 0) / 1000,
    // The file counts from 1.
    triggerSample: trigger >= 1 && trigger <= sampleCount ? trigger - 1 : null,
    otherChannels,
    leads,
  };
}

type Attributes = ReturnType<typeof parsedAttributes>;

/** @throws Failure waveform-inconsistent where it is none, or not the one that is described */
function readSize(attributes: Attributes, described: number) {
  const channels = findNumber(attributes, '003A0005', 'US') ?? 0;
  const sampleCount = findNumber(attributes, '003A0010', 'UL') ?? 0;
  const sampleRateHz = findNumber(attributes, '003A001A', 'DS') ?? 0;
  if (channels < 1 || channels > MAX_CHANNELS || channels !== described)
    throw inconsistent(`${channels} channels, ${described} described`);
  if (!(sampleRateHz > 0 && sampleRateHz <= MAX_RATE_HZ)) throw inconsistent(`${sampleRateHz} samples a second`);
  return { channels, sampleCount, sampleRateHz };
}

/** What one channel of a group is read with. */
interface ChannelContext {
  index: number;
  counts: EcgLead['counts'] | undefined;
  sampleRateHz: number;
  interpretation: ReturnType<typeof interpretationOf>;
  paddingCount: EcgLead['paddingCount'];
}

/** Without a lead: something else than a voltage. @throws Failure waveform-uncalibrated */
function readChannel(
  definition: Dataset,
  { index, counts, sampleRateHz, interpretation, paddingCount }: ChannelContext,
): { name: string; lead?: EcgLead } {
  const channel = parsedAttributes(definition);
  const source = readCode(channel.items('003A0208')[0]);
  const label = findString(channel, '003A0203') ?? '';
  const known = leadName(source, label);
  const name = known ?? (source.meaning || label || String(index + 1));
  const scale = channelScale(channel);
  if (scale.kind === 'none' && known !== undefined)
    throw new Failure('invalid-message', `nothing says what a count of lead ${known} is worth`, {
      reason: 'waveform-uncalibrated',
    });
  if (scale.kind !== 'uv' || counts === undefined) return { name };
  const sampleSkewS = (findNumber(channel, '003A0215', 'DS') ?? 0) / sampleRateHz;
  const lead: EcgLead = {
    name,
    source,
    ...scale.scale,
    paddingCount,
    minCount: readCount(definition, '54000110', interpretation),
    maxCount: readCount(definition, '54000112', interpretation),
    skewS: findNumber(channel, '003A0214', 'DS') ?? sampleSkewS,
    filters: readFilters(channel),
    formula: '',
    counts,
  };
  return { name, lead };
}

function readFilters(channel: Attributes): EcgFilters {
  const frequency = (tag: string) => {
    const value = findNumber(channel, tag, 'DS') ?? 0;
    // Devices write 0 for a filter that is off.
    return value > 0 ? value : null;
  };
  return { lowHz: frequency('003A0220'), highHz: frequency('003A0221'), notchHz: frequency('003A0222') };
}

function inconsistent(message: string): Failure {
  return new Failure('invalid-message', message, { reason: 'waveform-inconsistent' });
}
