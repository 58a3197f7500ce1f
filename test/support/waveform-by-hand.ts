/*
 * DICOM waveform files written without any of the project's code (PS3.10, explicit VR), so that what no public file has can be
 * read: other sample forms, big endian, baselines, wrong descriptions.
 */

export interface ChannelByHand {
  /** SCPECG lead number, e.g. 1 for I; undefined: no source. */
  lead?: number;
  label?: string;
  /** undefined: the element is left out. */
  sensitivity?: string | undefined;
  unit?: string | undefined;
  correction?: string;
  baseline?: string;
  skewSamples?: string;
  maxCount?: number;
}

export interface GroupByHand {
  channels: ChannelByHand[];
  /** Counts, channel by channel. */
  counts: number[][];
  interpretation?: 'SB' | 'UB' | 'SS' | 'US' | 'SL' | 'MB';
  bits?: number;
  rate?: string;
  /** What the description says, where it lies. */
  sampleCount?: number;
  channelCount?: number;
  padding?: number;
  label?: string;
  originality?: string;
  /** Multiplex Group Time Offset (0018,1068). */
  offsetMs?: string;
}

const LONG = new Set(['OB', 'OW', 'SQ']);

function element(tag: string, vr: string, value: Buffer, big: boolean): Buffer {
  const padded = value.length % 2 === 0 ? value : Buffer.concat([value, Buffer.from(vr === 'OB' ? '\0' : ' ')]);
  const head = Buffer.alloc(LONG.has(vr) ? 12 : 8);
  const [group, number] = [Number.parseInt(tag.slice(0, 4), 16), Number.parseInt(tag.slice(4), 16)];
  if (big) head.writeUInt16BE(group, 0);
  else head.writeUInt16LE(group, 0);
  if (big) head.writeUInt16BE(number, 2);
  else head.writeUInt16LE(number, 2);
  head.write(vr, 4, 'latin1');
  if (LONG.has(vr)) {
    if (big) head.writeUInt32BE(padded.length, 8);
    else head.writeUInt32LE(padded.length, 8);
  } else if (big) head.writeUInt16BE(padded.length, 6);
  else head.writeUInt16LE(padded.length, 6);
  return Buffer.concat([head, padded]);
}

/** Whose the file is and where it belongs; names as stored, written in UTF-8. */
export interface FileByHand {
  big?: boolean;
  sopInstanceUid?: string;
  studyInstanceUid?: string;
  patient?: { name?: string; id?: string; birthDate?: string; sex?: string };
}

export function waveformByHand(
  groups: GroupByHand[],
  { big = false, sopInstanceUid = '2.25.1', studyInstanceUid = '2.25.10', patient = {} }: FileByHand = {},
): Uint8Array {
  const uid = (tag: string, value: string) =>
    element(tag, 'UI', Buffer.from(value.padEnd(value.length + (value.length % 2), '\0')), big);
  const unicode = (tag: string, vr: string, value: string) => element(tag, vr, Buffer.from(value, 'utf8'), big);
  const text = (tag: string, vr: string, value: string) => element(tag, vr, Buffer.from(value, 'latin1'), big);
  const number = (value: number, bytes: number) => {
    const buffer = Buffer.alloc(bytes);
    const masked = BigInt.asUintN(bytes * 8, BigInt(value));
    for (let byte = 0; byte < bytes; byte += 1)
      buffer[big ? bytes - 1 - byte : byte] = Number((masked >> BigInt(8 * byte)) & 255n);
    return buffer;
  };
  const us = (tag: string, value: number) => element(tag, 'US', number(value, 2), big);
  const ul = (tag: string, value: number) => element(tag, 'UL', number(value, 4), big);
  const sequence = (tag: string, items: Buffer[]) => {
    const wrapped = items.map((item) => {
      const head = Buffer.concat([number(0xfffe, 2), number(0xe000, 2), number(item.length, 4)]);
      return Buffer.concat([head, item]);
    });
    return element(tag, 'SQ', Buffer.concat(wrapped), big);
  };
  const code = (value: string, scheme: string, meaning: string) =>
    Buffer.concat([text('00080100', 'SH', value), text('00080102', 'SH', scheme), text('00080104', 'LO', meaning)]);

  const items = groups.map((group) => {
    const { channels, counts, interpretation = 'SS', bits = 16, rate = '500' } = group;
    const bytes = bits / 8;
    const samples = counts[0]?.length ?? 0;
    const interleaved: Buffer[] = [];
    for (let sample = 0; sample < samples; sample += 1)
      for (const channel of counts) interleaved.push(number(channel[sample] ?? 0, bytes));
    const data = Buffer.concat(interleaved);
    const vr = bits === 8 ? 'OB' : 'OW';
    const definitions = channels.map((channel, index) => {
      const { lead, label, sensitivity, unit, correction, baseline, skewSamples, maxCount } = channel;
      return Buffer.concat([
        label === undefined ? Buffer.alloc(0) : text('003A0203', 'SH', label),
        lead === undefined
          ? Buffer.alloc(0)
          : sequence('003A0208', [code(`5.6.3-9-${lead}`, 'SCPECG', `channel ${index}`)]),
        sensitivity === undefined ? Buffer.alloc(0) : text('003A0210', 'DS', sensitivity),
        unit === undefined ? Buffer.alloc(0) : sequence('003A0211', [code(unit, 'UCUM', unit)]),
        correction === undefined ? Buffer.alloc(0) : text('003A0212', 'DS', correction),
        baseline === undefined ? Buffer.alloc(0) : text('003A0213', 'DS', baseline),
        skewSamples === undefined ? Buffer.alloc(0) : text('003A0215', 'DS', skewSamples),
        us('003A021A', bits),
        maxCount === undefined ? Buffer.alloc(0) : element('54000112', vr, number(maxCount, bytes), big),
      ]);
    });
    return Buffer.concat([
      group.offsetMs === undefined ? Buffer.alloc(0) : text('00181068', 'DS', group.offsetMs),
      text('003A0004', 'CS', group.originality ?? 'ORIGINAL'),
      us('003A0005', group.channelCount ?? channels.length),
      ul('003A0010', group.sampleCount ?? samples),
      text('003A001A', 'DS', rate),
      text('003A0020', 'SH', group.label ?? 'RHYTHM'),
      sequence('003A0200', definitions),
      us('54001004', bits),
      text('54001006', 'CS', interpretation),
      group.padding === undefined ? Buffer.alloc(0) : element('5400100A', vr, number(group.padding, bytes), big),
      element('54001010', vr, data, big),
    ]);
  });
  const syntax = Buffer.from(big ? '1.2.840.10008.1.2.2\0' : '1.2.840.10008.1.2.1\0');
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    element('00020010', 'UI', syntax, false),
    text('00080005', 'CS', 'ISO_IR 192'),
    uid('00080016', '1.2.840.10008.5.1.4.1.1.9.1.2'),
    uid('00080018', sopInstanceUid),
    text('00080020', 'DA', '20260102'),
    unicode('00100010', 'PN', patient.name ?? 'Test^Hand'),
    unicode('00100020', 'LO', patient.id ?? ''),
    text('00100030', 'DA', patient.birthDate ?? ''),
    text('00100040', 'CS', patient.sex ?? ''),
    uid('0020000D', studyInstanceUid),
    uid('0020000E', `${studyInstanceUid}.1`),
    sequence('54000100', items),
  ]);
}
