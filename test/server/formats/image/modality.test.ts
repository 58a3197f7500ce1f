import assert from 'node:assert/strict';
import { readDicomFile } from '../../../../server/formats/dicom/dicom-file.ts';
import { toDicomJson } from '../../../../server/formats/dicom/dicom-json.ts';
import { jsonAttributes } from '../../../../server/formats/dicom/json-attributes.ts';
import { type ImageDescription, readImage } from '../../../../server/formats/image/image.ts';
import { modalityValue } from '../../../../server/formats/image/modality-value.ts';
import { renderRgba } from '../../../../server/formats/image/render.ts';
import { ellipseStatistics } from '../../../../server/formats/image/statistics.ts';
import { defaultVoi } from '../../../../server/formats/image/window.ts';
import { type BuiltElement, buildFile, element, imageElements, us } from '../../../support/imaging-built.ts';
import { decodeSample, imageOf } from '../../../support/imaging-world.ts';

const EXPLICIT_LE = '1.2.840.10008.1.2.1';
const XA = '1.2.840.10008.5.1.4.1.1.12.1';
const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';

/** 256 entries from 80 to 4095: what a coronary cine's way back to the beam's intensity looks like. */
const TO_INTENSITY = element('00283000', 'SQ', [
  [
    element('00283002', 'US', us(256, 0, 16)),
    element('00283004', 'LO', 'US'),
    element('00283006', 'OW', us(...Array.from({ length: 256 }, (_, stored) => 80 + Math.round(stored * 15.745)))),
  ],
]);
const RESCALE = [element('00281052', 'DS', '-1024'), element('00281053', 'DS', '4'), element('00281054', 'LO', 'HU')];

/** 16 × 16 pixels with all values of 8 bits once. */
function cine(sopClassUid: string, modality: string, ...more: BuiltElement[]) {
  return readDicomFile(
    buildFile(EXPLICIT_LE, [
      ...imageElements(16, 16, 8, 1),
      element('00080016', 'UI', sopClassUid),
      element('00080060', 'CS', modality),
      element('00281050', 'DS', '127'),
      element('00281051', 'DS', '255'),
      element(
        '7FE00010',
        'OB',
        Uint8Array.from({ length: 256 }, (_, index) => index),
      ),
      ...more,
    ]),
  );
}

function isAsStored(image: ImageDescription): boolean {
  return image.modalityLut === null && modalityValue(image, 100) === 100 && image.showsStoredValues;
}

describe('angiography and fluoroscopy', () => {
  it('are windowed as stored, not bleached by the table that leads back to the beam’s intensity', async () => {
    const file = cine(XA, 'XA', TO_INTENSITY, element('00281040', 'CS', 'LOG'));
    const [decoded] = await decodeSample(file);
    assert.ok(decoded);
    const rgba = renderRgba(decoded.pixels, decoded.image, null, false);
    const grays = Array.from({ length: 256 }, (_, index) => rgba[index * 4] ?? 0);
    // Window 127/255 on the stored values: gray is the value itself, within the rounding of one.
    for (const [stored, gray] of grays.entries()) assert.ok(Math.abs(gray - stored) <= 1, `${stored} is ${gray}`);
  });

  it('need no more than their class, whatever they are called and however they state the transformation', () => {
    const classes = [XA, '12.1.1', '12.2', '12.2.1', '12.3'].map((uid) =>
      uid.length > 10 ? uid : `1.2.840.10008.5.1.4.1.1.${uid}`,
    );
    for (const sopClassUid of classes)
      for (const modality of ['XA', 'RF', 'OT'])
        for (const stated of [[TO_INTENSITY], RESCALE])
          assert.ok(isAsStored(imageOf(cine(sopClassUid, modality, ...stated))), `${sopClassUid} ${modality}`);
  });

  it('are told by their pixels’ relation to intensity too, where another class holds them', () => {
    for (const relationship of ['LOG', 'DISP']) {
      const stated = element('00281040', 'CS', relationship);
      assert.ok(isAsStored(imageOf(cine(SECONDARY_CAPTURE, 'XA', TO_INTENSITY, stated))), relationship);
      assert.ok(isAsStored(imageOf(cine(SECONDARY_CAPTURE, 'RF', ...RESCALE, stated))), relationship);
      // A radiograph's rescale is for display; only such a table is not.
      const radiograph = imageOf(cine('1.2.840.10008.5.1.4.1.1.1.1', 'DX', TO_INTENSITY, ...RESCALE, stated));
      assert.deepEqual([radiograph.modalityLut, modalityValue(radiograph, 100)], [null, -624]);
    }
    const linear = imageOf(cine(SECONDARY_CAPTURE, 'XA', TO_INTENSITY, element('00281040', 'CS', 'LIN')));
    assert.equal(linear.modalityLut?.entries.length, 256);
  });

  it('are the only ones: a dental radiograph keeps its table and a CT its HU', () => {
    assert.equal(imageOf(cine('1.2.840.10008.5.1.4.1.1.1', 'CR', TO_INTENSITY)).modalityLut?.entries.length, 256);
    const ct = imageOf(cine('1.2.840.10008.5.1.4.1.1.2', 'CT', ...RESCALE));
    assert.deepEqual([modalityValue(ct, 100), ct.rescaleType, ct.showsStoredValues], [-624, 'HU', false]);
  });

  it('are measured in stored values and never in HU', async () => {
    const [decoded] = await decodeSample(cine(XA, 'XA', ...RESCALE));
    assert.ok(decoded);
    const found = ellipseStatistics(decoded.pixels, decoded.image, { start: { x: 0, y: 0 }, end: { x: 16, y: 16 } });
    assert.deepEqual([found?.unit, found?.min, found?.max], ['', 5, 250]);
  });

  it('say the same to the browser as to the server', () => {
    const file = cine(XA, 'XA', TO_INTENSITY, ...RESCALE);
    const json = jsonAttributes(toDicomJson(file, { bulkDataUri: (path) => `bulkdata/${path}` }));
    assert.deepEqual(readImage(json), imageOf(file));
  });
});

describe('an angiogram of 12 bits in 16 whose own table is its only window', () => {
  /** Bright only from 2000 on: as a straight window would never draw it. */
  const CURVE = Array.from({ length: 4096 }, (_, stored) => (stored < 2000 ? 0 : Math.min(4095, (stored - 2000) * 4)));
  const angiogram = (bits: number) =>
    readDicomFile(
      buildFile(EXPLICIT_LE, [
        ...imageElements(1, 6, 16, 1),
        element('00080016', 'UI', XA),
        element('00080060', 'CS', 'XA'),
        element('00280101', 'US', us(12)),
        element('00280102', 'US', us(11)),
        element('00283010', 'SQ', [
          [
            element('00283002', 'US', us(4096, 0, bits)),
            element('00283003', 'LO', 'CARDIAC'),
            element('00283006', 'OW', us(...CURVE)),
          ],
        ]),
        element('7FE00010', 'OW', us(0, 1999, 2256, 2512, 3023, 4095)),
      ]),
    );

  it('opens with the table’s contrast, in the browser and on the server', async () => {
    const file = angiogram(12);
    const [decoded] = await decodeSample(file);
    assert.ok(decoded);
    const shown = defaultVoi(decoded.image, decoded.pixels);
    assert.ok('entries' in shown && shown.explanation === 'CARDIAC');
    const json = jsonAttributes(toDicomJson(file, { bulkDataUri: (path) => `bulkdata/${path}` }));
    for (const image of [decoded.image, readImage(json)]) {
      const rgba = renderRgba(decoded.pixels, image, null, false);
      const grays = Array.from({ length: 6 }, (_, index) => rgba[index * 4]);
      assert.deepEqual(grays, [0, 0, 64, 128, 255, 255]);
    }
  });

  it('takes the table of the frame’s own group where the object is enhanced', () => {
    const table = [element('00283002', 'US', us(2, 0, 8)), element('00283006', 'OW', us(0, 255))];
    const group = [element('00289132', 'SQ', [[element('00283010', 'SQ', [table])]])];
    const enhanced = imageOf(cine(XA, 'XA', element('52009230', 'SQ', [group])));
    assert.deepEqual(enhanced.voiLuts[0]?.entries, Uint16Array.of(0, 255));
  });
});
