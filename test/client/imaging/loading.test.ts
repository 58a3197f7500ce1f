import assert from 'node:assert/strict';
import { scaleBar } from '../../../client/imaging/corners.ts';
import { readFramePart } from '../../../client/imaging/dicomweb.ts';
import { outwardFrom } from '../../../client/imaging/frame-orders.ts';
import { edgeLetters } from '../../../client/imaging/orientation.ts';
import { imageToCanvas } from '../../../client/imaging/transform.ts';
import { Failure } from '../../../server/contract/failure.ts';
import { readDicomFile } from '../../../server/formats/dicom/dicom-file.ts';
import { parsedAttributes } from '../../../server/formats/dicom/parsed-attributes.ts';
import { readImage } from '../../../server/formats/image/image.ts';
import { readData } from '../../support/data.ts';
import { viewportAt } from '../../support/review-pictures.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('the answer with a frame', () => {
  const answer = (contentType: string, text: string) => readFramePart({ contentType, bytes: bytesOf(text) });
  const MULTIPART = 'Multipart/Related; type="application/octet-stream"; boundary="b 7"';

  it('is the bytes of its one part, under the transfer syntax that it names or the default', async () => {
    const named = await answer(
      MULTIPART,
      '\r\n--b 7\r\nContent-Type: application/octet-stream; transfer-syntax=1.2.840.10008.1.2.4.90\r\n\r\n--b 7 is no end\r\n--b 7--\r\n',
    );
    assert.deepEqual(named, {
      bytes: bytesOf('--b 7 is no end'),
      transferSyntaxUid: '1.2.840.10008.1.2.4.90',
    });
    const silent = await answer('multipart/related;boundary=b;type=x', '--b\r\n\r\n\r\n\r\n--b--');
    assert.deepEqual(silent, { bytes: bytesOf('\r\n'), transferSyntaxUid: '1.2.840.10008.1.2.1' });
  });

  it('is asked for again where it is cut, or something else', async () => {
    for (const [contentType, text] of [
      [MULTIPART, '--b 7\r\ncontent-type: x\r\n\r\nhalf a fra'],
      [MULTIPART, ''],
      ['application/dicom+json', '[]'],
      ['multipart/related; type=x', '--b 7--'],
    ] as const)
      await assert.rejects(
        answer(contentType, text),
        (thrown) => thrown instanceof Failure && thrown.code === 'internal',
      );
  });
});

describe('loading frames', () => {
  it('asks for the neighbours of what is looked at first', () => {
    assert.deepEqual(outwardFrom([0, 1, 2, 3, 4, 5], 2), [2, 3, 1, 4, 0, 5]);
    assert.deepEqual(outwardFrom([0, 1, 2], 2), [2, 1, 0]);
    assert.deepEqual(outwardFrom([], 0), []);
  });
});

describe('what stands around the picture', () => {
  it('names the sides of the patient, also when turned and mirrored', async () => {
    const file = readDicomFile(await readData('dicom/series/ct-chest-lidc0314/ct_141.dcm'));
    const image = readImage(parsedAttributes(file.dataset));
    const size = { width: 500, height: 500 };
    const upright = viewportAt(256);
    const letters = (view: typeof upright) =>
      Object.values(edgeLetters(image, imageToCanvas(view, size, 1)) ?? {}).join();
    assert.equal(letters(upright), 'L,R,P,A', 'right, left, bottom, top of an axial picture');
    assert.equal(letters({ ...upright, flipHorizontal: true }), 'R,L,P,A');
    assert.equal(letters({ ...upright, rotation: 90 }), 'A,P,L,R');
    assert.equal(letters({ ...upright, rotation: 180 }), 'R,L,A,P');
  });

  it('names an oblique plane by its main direction first', async () => {
    const file = readDicomFile(await readData('dicom/series/ct-chest-lidc0314/ct_141.dcm'));
    const image = readImage(parsedAttributes(file.dataset));
    const half = Math.SQRT1_2;
    const oblique = {
      ...image,
      imageOrientationPatient: [0.9, 0.43589, 0, 0, 0, -1] as typeof image.imageOrientationPatient,
    };
    const size = { width: 500, height: 500 };
    assert.equal(edgeLetters(oblique, imageToCanvas(viewportAt(0), size, 1))?.right, 'LP');
    const even = {
      ...image,
      imageOrientationPatient: [half, 0, half, 0, 1, 0] as typeof image.imageOrientationPatient,
    };
    assert.equal(edgeLetters(even, imageToCanvas(viewportAt(0), size, 1))?.right.length, 2);
  });

  it('draws a scale of a round length that fits', () => {
    for (const mmPerPx of [0.0002, 0.01, 0.13, 0.78125, 3.3]) {
      const { lengthPx, label } = scaleBar(mmPerPx, 250);
      assert.ok(lengthPx <= 250 && lengthPx > 95, `${label}: ${lengthPx} px`);
      assert.match(label, /^[125]0* (cm|mm|µm)$/);
    }
  });
});
