import assert from 'node:assert/strict';
import { createSeries } from '../../../client/imaging/library.ts';
import type { MaterialContent } from '../../../server/archive/material-view.ts';
import type { Instance, Series } from '../../../server/archive/study.ts';
import { readDicomFile } from '../../../server/formats/dicom/dicom-file.ts';
import { parsedAttributes } from '../../../server/formats/dicom/parsed-attributes.ts';
import { createImageReader } from '../../../server/formats/image/image.ts';
import { toImagingMaterial } from '../../../server/pictures/imaging/material.ts';
import { enhancedCt } from '../../support/enhanced-by-hand.ts';
import { buildFile, element, imageElements } from '../../support/imaging-built.ts';

/** The header of an enhanced CT whose list of frames counts how often one of them is looked up. */
function counted(frames: number) {
  const header = enhancedCt(frames);
  const perFrame = header['52009230'];
  assert.ok(perFrame?.Value);
  let lookUps = 0;
  perFrame.Value = new Proxy(perFrame.Value, {
    get(list, key, receiver) {
      if (typeof key === 'string' && /^\d+$/.test(key)) lookUps += 1;
      return Reflect.get(list, key, receiver);
    },
  });
  return { header, lookUps: () => lookUps };
}

describe('an enhanced object of many frames', () => {
  it('is opened with work that grows as its frames do, not as their square', () => {
    const perFrame = [100, 1000].map((frames) => {
      const { header, lookUps } = counted(frames);
      const { slices } = createSeries({ studyInstanceUid: '1.2', seriesInstanceUid: '1.3' }, [header]);
      assert.equal(slices.length, frames);
      assert.equal(slices[frames - 1]?.description.imagePositionPatient?.[2], frames - 1);
      return lookUps() / frames;
    });
    assert.ok(
      perFrame.every((count) => count < 10),
      `${perFrame} look-ups a frame`,
    );
  });

  it('is read once for all requests of single frames', () => {
    const group = (z: number) => [element('00209113', 'SQ', [[element('00200032', 'DS', `0\\0\\${z}`)]])];
    const file = readDicomFile(
      buildFile('1.2.840.10008.1.2.1', [
        ...imageElements(2, 2, 8, 3),
        element('52009230', 'SQ', [group(0), group(1), group(2)]),
        element('7FE00010', 'OB', new Uint8Array(12)),
      ]),
    );
    const attributes = parsedAttributes(file.dataset);
    assert.equal(attributes.items('52009230')[2], attributes.items('52009230')[2], 'no item is made anew');
    const describe = createImageReader(attributes);
    assert.deepEqual(
      [3, 1, 2].map((frame) => describe(frame).imagePositionPatient?.[2]),
      [2, 0, 1],
    );
  });
});

describe('a series of a case', () => {
  it('is counted in frames, however few files hold them', () => {
    const series = (seriesInstanceUid: string) => ({ seriesInstanceUid, modality: 'XA' }) as Series;
    const instance = (seriesInstanceUid: string, numberOfFrames: number) =>
      ({ seriesInstanceUid, numberOfFrames }) as Instance;
    const material = toImagingMaterial({
      common: {} as MaterialContent['common'],
      studyInstanceUid: '1.1',
      series: [series('1.2'), series('1.3')],
      instances: [instance('1.2', 60), instance('1.2', 36), instance('1.3', 1)],
      file: null,
    });
    assert.deepEqual(
      material.series.map(({ instanceCount, frameCount }) => [instanceCount, frameCount]),
      [
        [2, 96],
        [1, 1],
      ],
    );
  });
});
