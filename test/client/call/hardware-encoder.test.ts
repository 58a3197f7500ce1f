import assert from 'node:assert/strict';
import { encodeClosely } from '../../../client/call/close-up.ts';
import { type EncoderKnowledge, findH264, inHardware } from '../../../client/call/hardware-encoder.ts';

const LINE = 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f';
type Told = Pick<MediaCapabilitiesEncodingInfo, 'supported' | 'smooth' | 'powerEfficient'>;
const HARDWARE: Told = { supported: true, smooth: true, powerEfficient: true };

/** @param tell by the layers in time that are asked for */
function knowledge(tell: (mode: string) => Told, sdpFmtpLine = LINE): EncoderKnowledge {
  return {
    getCapabilities: () => ({
      codecs: [{ mimeType: 'video/H264', clockRate: 90_000, sdpFmtpLine }],
      headerExtensions: [],
    }),
    encodingInfo: async (asked) => ({ ...tell(asked.video?.scalabilityMode ?? ''), configuration: asked }),
  };
}

describe('the encoder of a theatre’s computer', () => {
  it('is H.264 where that is encoded in hardware, with as many layers in time as it has there, and VP8 everywhere else', async () => {
    assert.equal(await findH264(knowledge(() => HARDWARE)), 'L1T3');
    assert.equal(await findH264(knowledge((mode) => ({ ...HARDWARE, powerEfficient: mode === 'L1T2' }))), 'L1T2');
    assert.equal(await findH264(knowledge((mode) => ({ ...HARDWARE, supported: mode === 'L1T1' }))), 'L1T1');
    for (const lacking of ['supported', 'smooth', 'powerEfficient'] as const)
      assert.equal(await findH264(knowledge(() => ({ ...HARDWARE, [lacking]: false }))), null, lacking);
    const high = 'packetization-mode=1;profile-level-id=640c1f';
    assert.equal(await findH264(knowledge(() => HARDWARE, high)), null, 'not the profile that the sfu offers');
    assert.equal(await findH264(undefined), null, 'a browser that tells nothing');
    const unknowing = {
      ...knowledge(() => HARDWARE),
      encodingInfo: () => Promise.reject(new TypeError('no such type')),
    };
    assert.equal(await findH264(unknowing), null, 'a browser that does not know the question');
  });

  it('sends the same layers either way, and VP8 once somebody cannot decode the other', () => {
    const track = { getSettings: () => ({ width: 1920, height: 1080 }) } as MediaStreamTrack;
    const encode = inHardware({ h264: 'L1T2' }, encodeClosely);
    const [inH264, inVp8] = [encode(track), encode(track, true)];
    assert.equal(inH264.codec?.mimeType, 'video/H264');
    assert.deepEqual(
      inH264.encodings,
      inVp8.encodings?.map((one) => ({ ...one, scalabilityMode: 'L1T2' })),
    );
    assert.equal(inVp8.codec, undefined);
    assert.deepEqual(inVp8, inHardware({ h264: null }, encodeClosely)(track));
  });
});
