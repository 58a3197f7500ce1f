import type { types } from 'mediasoup-client';
import type { OutgoingTrack } from './sending.ts';

/** Constrained baseline, as the sfu offers it (`sfu/media.ts`): what encoders in hardware have, and nearly all browsers decode. */
export const H264: types.RtpCodecCapability = {
  kind: 'video',
  mimeType: 'video/H264',
  clockRate: 90_000,
  preferredPayloadType: 0,
  parameters: { 'packetization-mode': 1, 'profile-level-id': '42e028', 'level-asymmetry-allowed': 1 },
};
const CONTENT_TYPE = 'video/H264;level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e028';
/** The largest layer of what is looked at closely. */
const ASKED = { width: 1920, height: 1080, bitrate: 3_500_000, framerate: 25 };
/** Layers in time, the most first: where the hardware has them, lines that get worse lose pictures before they lose sharpness. */
const MODES = ['L1T3', 'L1T2', 'L1T1'] as const;

/** The parts of a browser that tell what it encodes, and how. */
export interface EncoderKnowledge {
  getCapabilities(kind: 'video'): RTCRtpCapabilities | null;
  encodingInfo(asked: MediaEncodingConfiguration): Promise<MediaCapabilitiesEncodingInfo>;
}

/** What this computer encodes in hardware, as far as the browser has told by now. */
export interface HardwareEncoder {
  /** In how many layers of time it encodes H.264; null: it does not, or nothing is known yet. */
  readonly h264: (typeof MODES)[number] | null;
}

/** The browser is asked once, which takes it some milliseconds. */
export function askForHardware(knowledge: EncoderKnowledge | undefined = browserKnowledge()): HardwareEncoder {
  const found: { h264: HardwareEncoder['h264'] } = { h264: null };
  findH264(knowledge).then((mode) => {
    found.h264 = mode;
  }, reportError);
  return found;
}

/** VP8 is encoded by the processor nearly everywhere: H.264 goes before it only where it costs next to nothing. */
export async function findH264(knowledge: EncoderKnowledge | undefined): Promise<HardwareEncoder['h264']> {
  const codecs = knowledge?.getCapabilities('video')?.codecs ?? [];
  const isThere = codecs.some(
    ({ mimeType, sdpFmtpLine = '' }) =>
      mimeType.toLowerCase() === 'video/h264' &&
      /packetization-mode=1/.test(sdpFmtpLine) &&
      /profile-level-id=42e0/i.test(sdpFmtpLine),
  );
  if (!knowledge || !isThere) return null;
  for (const scalabilityMode of MODES) {
    const video = { contentType: CONTENT_TYPE, ...ASKED, scalabilityMode };
    const isInHardware = await knowledge.encodingInfo({ type: 'webrtc', video }).then(
      ({ supported, smooth, powerEfficient }) => supported && smooth && powerEfficient,
      // A browser that knows no encoding of this kind has told enough.
      () => false,
    );
    if (isInHardware) return scalabilityMode;
  }
  return null;
}

function browserKnowledge(): EncoderKnowledge | undefined {
  if (!('RTCRtpSender' in window) || !navigator.mediaCapabilities?.encodingInfo) return undefined;
  return {
    getCapabilities: (kind) => RTCRtpSender.getCapabilities(kind),
    encodingInfo: (asked) => navigator.mediaCapabilities.encodingInfo(asked),
  };
}

/** The same layers in H.264, where this computer is known to have it in hardware by then. */
export function inHardware(hardware: HardwareEncoder, encode: OutgoingTrack['encode']): OutgoingTrack['encode'] {
  return (track, isForAll) => {
    const made = encode(track, isForAll);
    const { h264: scalabilityMode } = hardware;
    if (scalabilityMode === null || isForAll) return made;
    const encodings = made.encodings?.map((one) => ({ ...one, scalabilityMode })) ?? [];
    return { ...made, encodings, codec: H264 };
  };
}
