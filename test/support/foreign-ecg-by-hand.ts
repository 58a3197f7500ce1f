import { readData } from './data.ts';

/** The first section of an SCP-ECG file (EN 1064 section 5.3): checksum, size, and a section 0 that bears the name. */
function scpByHand(): Uint8Array {
  const bytes = Buffer.alloc(400);
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(136, 10);
  bytes.write('SCPECG', 16, 'latin1');
  return bytes;
}

/** The header of an EDF file without signals. */
function edfByHand(version: string): Uint8Array {
  const head = `${version}${'X'.padEnd(80)}${'Startdate 05-FEB-2026'.padEnd(80)}05.02.2608.30.00${'256'.padEnd(8)}`;
  return Buffer.from(head.padEnd(256), 'latin1');
}

/** One file of each format that is recognised and not read, by what a hospital calls it. */
export async function foreignEcgs(): Promise<[name: string, bytes: Uint8Array][]> {
  return [
    ['rest.scp', scpByHand()],
    ['holter.edf', edfByHand('0       ')],
    ['holter.bdf', edfByHand('\xffBIOSEMI')],
    ['export.xml', await readData('ecg/aecg/minimum_aecg.xml')],
    ['empty.xml', await readData('ecg/aecg/empty.xml')],
    ['00001_lr.hea', await readData('ecg/wfdb/00001_lr.hea')],
    ['JS20000.mat', await readData('ecg/wfdb/JS20000.mat')],
  ];
}
