import assert from 'node:assert/strict';
import { scaleBar } from '../../../client/imaging/corners.ts';
import { boundaryOf, parseMultipart } from '../../../client/imaging/multipart.ts';
import { edgeLetters } from '../../../client/imaging/orientation.ts';
import { outwardFrom } from '../../../client/imaging/outward-order.ts';
import { imageToCanvas } from '../../../client/imaging/transform.ts';
import { readDicomFile } from '../../../server/formats/dicom/dicom-file.ts';
import { parsedAttributes } from '../../../server/formats/dicom/parsed-attributes.ts';
import { readImage } from '../../../server/formats/image/image.ts';
import { readData } from '../../support/data.ts';
import { createRandom } from '../../support/random.ts';
import { viewportAt } from '../../support/review-pictures.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('reading a multipart answer', () => {
  it('gives back the parts byte for byte, whatever is in them', () => {
    const random = createRandom(3).next;
    for (let run = 0; run < 100; run++) {
      const bodies = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
        // Hyphens and line breaks in plenty: what looks like the beginning of a delimiter is none.
        Uint8Array.from({ length: Math.floor(random() * 80) }, () =>
          random() < 0.4 ? ([13, 10, 45, 98][Math.floor(random() * 4)] ?? 0) : Math.floor(random() * 256),
        ),
      );
      const pieces = bodies.flatMap((body) => [
        bytesOf('\r\n--b0undary-7\r\nContent-Type: application/octet-stream; transfer-syntax=1.2\r\n\r\n'),
        body,
      ]);
      const whole = Buffer.concat([...pieces, bytesOf('\r\n--b0undary-7--\r\n')]);
      const parts = parseMultipart(whole, 'b0undary-7');
      assert.deepEqual(
        parts.map(({ body }) => [...body]),
        bodies.map((body) => [...body]),
      );
      assert.equal(parts[0]?.headers.get('content-type'), 'application/octet-stream; transfer-syntax=1.2');
    }
  });

  it('finds the boundary, quoted or not, and takes nothing else for multipart', () => {
    assert.equal(boundaryOf('multipart/related; type="application/octet-stream"; boundary="a b"'), 'a b');
    assert.equal(boundaryOf('Multipart/Related;boundary=abc; type=x'), 'abc');
    assert.equal(boundaryOf('application/dicom+json'), undefined);
  });

  it('does not take a cut answer for a whole one', () => {
    assert.throws(() => parseMultipart(bytesOf('--b\r\ncontent-type: x\r\n\r\nhalf a fra'), 'b'));
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
