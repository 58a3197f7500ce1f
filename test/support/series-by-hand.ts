import { type BuiltElement, buildFile, element, imageElements, us } from './imaging-built.ts';

const EXPLICIT_LE = '1.2.840.10008.1.2.1';

/** Identification of one instance of a series made by hand. */
export function instanceElements(series: number, instance: number, modality: string): BuiltElement[] {
  return [
    element('00080018', 'UI', `2.25.9.${series}.${instance}`),
    element('00080060', 'CS', modality),
    element('0020000D', 'UI', `2.25.8.${series}`),
    element('0020000E', 'UI', `2.25.9.${series}`),
    element('00200013', 'IS', String(instance)),
  ];
}

/** Values of a slice by hand: 64 × 64 pixels of 12 bits, all of `stored`. */
const SIDE = 64;

/**
 * Sagittal CT slices, 1 mm thick and 7 mm apart from the right (-21 mm) to the left, scanned twice; each scan numbers its slices from 1, and
 * the second lacks its fourth. Stored 3000 + 100 × acquisition + slice, so HU is 1024 less: white in any window.
 */
export function sagittalScannedTwice(series: number): Uint8Array[] {
  return [1, 2].flatMap((acquisition) =>
    [1, 2, 3, 4, 5, 6]
      .filter((slice) => acquisition === 1 || slice !== 4)
      .map((slice) =>
        buildFile(EXPLICIT_LE, [
          ...imageElements(SIDE, SIDE, 16, 1).filter(({ tag }) => tag !== '00280008'),
          ...instanceElements(series, slice, 'CT').filter(({ tag }) => tag !== '00080018'),
          element('00080018', 'UI', `2.25.9.${series}.${acquisition}.${slice}`),
          element('00180050', 'DS', '1'),
          element('00200012', 'IS', String(acquisition)),
          element('00200032', 'DS', `${-28 + slice * 7}\\0\\0`),
          element('00200037', 'DS', '0\\1\\0\\0\\0\\-1'),
          element('00280030', 'DS', '0.5\\0.5'),
          element('00281050', 'DS', '40'),
          element('00281051', 'DS', '400'),
          element('00281052', 'DS', '-1024'),
          element('00281053', 'DS', '1'),
          element('7FE00010', 'OW', us(...Array<number>(SIDE * SIDE).fill(3000 + acquisition * 100 + slice))),
        ]),
      ),
  );
}

/** Whom a file names, as (0010,0010), (0010,0020), (0010,0030) and (0010,0040) have it. */
export interface NamedInFile {
  name: string;
  id: string;
  birthDate: string;
  sex: string;
}

/** Axial CT slices of one series, 5 mm apart from the feet upwards, each of a file that names the patient given for it. */
export function slicesNaming(series: number, patients: NamedInFile[]): Uint8Array[] {
  return patients.map((patient, index) =>
    buildFile(EXPLICIT_LE, [
      ...imageElements(SIDE, SIDE, 16, 1).filter(({ tag }) => tag !== '00280008'),
      ...instanceElements(series, index + 1, 'CT'),
      element('00080005', 'CS', 'ISO_IR 192'),
      element('00100010', 'PN', patient.name),
      element('00100020', 'LO', patient.id),
      element('00100030', 'DA', patient.birthDate),
      element('00100040', 'CS', patient.sex),
      element('00180050', 'DS', '5'),
      element('00200032', 'DS', `0\\0\\${index * 5}`),
      element('00200037', 'DS', '1\\0\\0\\0\\1\\0'),
      element('00280030', 'DS', '0.5\\0.5'),
      element('00281050', 'DS', '40'),
      element('00281051', 'DS', '400'),
      element('00281052', 'DS', '-1024'),
      element('00281053', 'DS', '1'),
      element('7FE00010', 'OW', us(...Array<number>(SIDE * SIDE).fill(1100 + index * 100))),
    ]),
  );
}

/** A plane of graphics of 128 × 128: a frame 4 pixels wide around the middle quarter. */
function overlayElements(): BuiltElement[] {
  const bits = new Uint8Array((128 * 128) / 8);
  for (let y = 32; y < 96; y += 1)
    for (let x = 32; x < 96; x += 1) {
      const edge = x < 36 || x >= 92 || y < 36 || y >= 92;
      if (edge) bits[(y * 128 + x) >> 3] = (bits[(y * 128 + x) >> 3] ?? 0) | (1 << (x & 7));
    }
  return [
    element('60000010', 'US', us(128)),
    element('60000011', 'US', us(128)),
    element('60000040', 'CS', 'G'),
    element('60000050', 'SS', us(1, 1)),
    element('60000100', 'US', us(1)),
    element('60000102', 'US', us(0)),
    element('60003000', 'OW', bits),
  ];
}

/** A gray picture of 128 × 128 with graphics over it; without `pixels` an object that has the graphics alone. */
export function withOverlay(series: number, pixels: boolean): Uint8Array[] {
  const image = [...imageElements(128, 128, 8, 1), element('7FE00010', 'OB', new Uint8Array(128 * 128).fill(100))];
  const window = [element('00281050', 'DS', '128'), element('00281051', 'DS', '256')];
  const own = [...instanceElements(series, 1, 'OT'), ...overlayElements()];
  return [buildFile(EXPLICIT_LE, pixels ? [...own, ...image, ...window] : own)];
}

/** An object of an imaging modality that has nothing to show. */
export function withoutPicture(series: number): Uint8Array[] {
  return [buildFile(EXPLICIT_LE, instanceElements(series, 1, 'OT'))];
}

/** CT slices as two manufacturers store them in ways of their own: Philips (ELSCINT1) compressed in a private element, General Electric in a private transfer syntax. */
export function ofManufacturersOwn(series: number): Record<'philips' | 'generalElectric', Uint8Array[]> {
  const slice = (of: number) => [...instanceElements(of, 1, 'CT'), ...imageElements(SIDE, SIDE, 16, 1)];
  const compressed = new Uint8Array(400).fill(0xa5);
  const philips = [
    element('07A10010', 'LO', 'ELSCINT1'),
    element('07A1100A', 'OB', compressed),
    element('07A11011', 'LO', 'PMSCT_RLE1'),
  ];
  return {
    philips: [buildFile(EXPLICIT_LE, [...slice(series), ...philips])],
    generalElectric: [
      buildFile('1.2.840.113619.5.2', [
        ...slice(series + 1),
        element('7FE00010', 'OW', new Uint8Array(SIDE * SIDE * 2)),
      ]),
    ],
  };
}
