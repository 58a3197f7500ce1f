import assert from 'node:assert/strict';
import { partFragments } from '../../../sfu/hls/fragments.ts';

const box = (type: string, text: string): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(text)]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length + 4);
  return Buffer.concat([head, body]);
};

describe('what comes out of an encoder', () => {
  it('is parted into its beginning and its fragments, however the bytes come', () => {
    const init = [box('ftyp', 'iso6'), box('moov', 'tracks')];
    const fragments = [1, 2, 3].map((number) => [box('moof', `head ${number}`), box('mdat', `frames ${number}`)]);
    const whole = Buffer.concat([...init, ...fragments.flat()]);
    for (const stepBytes of [1, 7, 64, whole.length]) {
      const found: Buffer[] = [];
      let beginning: Buffer | undefined;
      const part = partFragments({
        onInit: (bytes) => {
          beginning = Buffer.from(bytes);
        },
        onFragment: (bytes) => found.push(Buffer.from(bytes)),
      });
      for (let at = 0; at < whole.length; at += stepBytes) part(whole.subarray(at, at + stepBytes));
      assert.deepEqual(beginning, Buffer.concat(init));
      assert.deepEqual(
        found,
        fragments.map((boxes) => Buffer.concat(boxes)),
      );
    }
  });
});
