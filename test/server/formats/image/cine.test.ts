import assert from 'node:assert/strict';
import { type DicomJson, jsonAttributes } from '../../../../server/formats/dicom/json-attributes.ts';
import { framesPerSecond, frameTimeMs, readCine } from '../../../../server/formats/image/cine.ts';
import { imageOf, openSample } from '../../../support/imaging-world.ts';

const cineOf = (header: DicomJson, frames = 4) => readCine(jsonAttributes(header), frames);
const is = (value: number) => ({ vr: 'IS', Value: [value] });
const ds = (...Value: number[]) => ({ vr: 'DS', Value });

describe('the rate of a cine', () => {
  const RECOMMENDED = { '00082144': is(10) };
  const FRAME_TIME = { '00181063': ds(40) };
  const VECTOR = { '00181065': ds(0, 20, 30, 20) };
  const CINE_RATE = { '00180040': is(30) };

  it('is the recommended one, else that of the frames’ times, else the device’s cine rate', () => {
    const all = { ...RECOMMENDED, ...FRAME_TIME, ...VECTOR, ...CINE_RATE };
    const whole = { sweeps: false, firstFrame: 1, lastFrame: 4 };
    assert.deepEqual(cineOf(all), { frameTimesMs: [100], source: 'recommended', ...whole });
    assert.deepEqual(cineOf({ ...FRAME_TIME, ...CINE_RATE }).frameTimesMs, [40]);
    assert.equal(framesPerSecond(cineOf(FRAME_TIME)), 25);
    assert.deepEqual(cineOf(CINE_RATE), { frameTimesMs: [1000 / 30], source: 'cine-rate', ...whole });
    assert.deepEqual(cineOf({}), { frameTimesMs: [1000 / 15], source: 'default', ...whole });
  });

  it('changes from frame to frame where each has its own time', () => {
    const cine = cineOf(VECTOR);
    assert.equal(cine.source, 'frame-time-vector');
    assert.deepEqual(
      [1, 2, 3, 4].map((frame) => frameTimeMs(cine, frame)),
      [20, 30, 20, 20],
    );
    // (0028,0009) says which of the two counts.
    const pointer = (tag: string) => ({ '00280009': { vr: 'AT', Value: [tag] } });
    assert.equal(cineOf({ ...VECTOR, ...FRAME_TIME, ...pointer('00181063') }).source, 'frame-time');
    assert.equal(cineOf({ ...VECTOR, ...FRAME_TIME, ...pointer('00181065') }).source, 'frame-time-vector');
  });

  it('is not taken from values that no device means', () => {
    assert.equal(cineOf({ '00181063': ds(0), ...CINE_RATE }).source, 'cine-rate');
    assert.equal(cineOf({ '00082144': is(0), ...FRAME_TIME }).source, 'frame-time');
    assert.equal(cineOf({ '00181065': ds(0, 20), ...FRAME_TIME }).source, 'frame-time', 'a vector for other frames');
    assert.equal(cineOf({ '00181063': ds(0.0333) }).source, 'default', 'seconds for milliseconds');
  });

  it('goes with how the loop wants to be played', () => {
    const sequencing = (value: number) => cineOf({ '00181244': { vr: 'US', Value: [value] } }).sweeps;
    assert.deepEqual([sequencing(0), sequencing(1)], [false, true]);
  });

  it('goes with the frames that are to be played, where at least two of them are named', () => {
    const trimmed = (first?: number, last?: number) => {
      const { firstFrame, lastFrame } = cineOf({
        ...(first !== undefined && { '00082142': is(first) }),
        ...(last !== undefined && { '00082143': is(last) }),
      });
      return [firstFrame, lastFrame];
    };
    assert.deepEqual(trimmed(2, 3), [2, 3]);
    assert.deepEqual(trimmed(3), [3, 4]);
    assert.deepEqual(trimmed(undefined, 2), [1, 2]);
    for (const nonsense of [trimmed(3, 3), trimmed(3, 2), trimmed(0, 2), trimmed(2, 5)])
      assert.deepEqual(nonsense, [1, 4]);
  });

  it('is how fast the frames came where nothing else is said', () => {
    // Actual Frame Duration (0018,1242) is of the acquisition: whatever is meant for the display counts more.
    assert.deepEqual(cineOf({ '00181242': is(50) }).frameTimesMs, [50]);
    assert.deepEqual(cineOf({ '00181242': is(50), ...CINE_RATE }).source, 'cine-rate');
    assert.deepEqual(cineOf({ '00181242': is(50), ...RECOMMENDED }).source, 'recommended');
  });

  it('is read from real loops, and a single picture has none', async () => {
    const rateOf = async (path: string): Promise<number | null> => {
      const { cine } = imageOf(await openSample(path));
      return cine && Math.round(framesPerSecond(cine));
    };
    assert.equal(await rateOf('dicom/us/us_echo_jpeg_34f.dcm'), 33);
    assert.equal(await rateOf('dicom/us/us_ybrfull_jpeg_8f.dcm'), 22);
    assert.equal(await rateOf('dicom/us/us_ybr422_jpeg_30f.dcm'), 30);
    assert.equal(await rateOf('dicom/multiframe/emri_10f_rle.dcm'), 15);
    assert.equal(await rateOf('dicom/us/us_rgb_explicit.dcm'), null);
  });
});
