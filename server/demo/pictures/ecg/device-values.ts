import { code, type Element } from '../write-dicom.ts';

/** What the device computed from the record, by the codes of PS3.16 CID 3687. */
const CODES = {
  'heart-rate': ['8867-4', 'LN', 'Heart rate', '/min'],
  pr: ['5.13.5-7', 'SCPECG', 'PR Interval', 'ms'],
  qrs: ['5.13.5-9', 'SCPECG', 'QRS Duration', 'ms'],
  qt: ['5.13.5-11', 'SCPECG', 'QT Interval', 'ms'],
  qtc: ['5.10.2.5-5', 'SCPECG', 'QTc Interval', 'ms'],
} as const;

export type DeviceValue = readonly [quantity: keyof typeof CODES, value: number];

/** Items of the Waveform Annotation Sequence, PS3.3 section C.10.10: of the first multiplex group, all channels. */
export function deviceElements(values: readonly DeviceValue[], statement: string): Element[][] {
  const measurements = values.map(([quantity, value]): Element[] => {
    const [number, scheme, meaning, unit] = CODES[quantity];
    return [
      ['004008EA', 'SQ', [code(unit, 'UCUM', unit)]],
      ['0040A043', 'SQ', [code(number, scheme, meaning)]],
      ['0040A0B0', 'US', [1, 0]],
      ['0040A30A', 'DS', String(value)],
    ];
  });
  return [
    ...measurements,
    [
      ['0040A0B0', 'US', [1, 0]],
      ['00700006', 'ST', statement],
    ],
  ];
}
