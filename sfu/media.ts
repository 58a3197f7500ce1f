import type { types } from 'mediasoup';
import { RtpCapabilities } from './contract/rtp.ts';
import type { MediaSource } from './contract/token.ts';

/**
 * VP8 first, since every browser and old laptop has it and simulcasts it; H.264 constrained baseline for cameras with a hardware encoder. Its
 * level is 4.0: at 3.1 encoders that keep to it (Safari's) send 1080p at 13 pictures a second (ITU-T H.264, table A-1).
 * Opus with in-band FEC and DTX; NACK for it is negotiated by default.
 */
export const MEDIA_CODECS: types.RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48000,
    channels: 2,
    parameters: { minptime: 10, useinbandfec: 1, usedtx: 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90000, parameters: { 'x-google-start-bitrate': 600 } },
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90000,
    parameters: {
      'packetization-mode': 1,
      'profile-level-id': '42e028',
      'level-asymmetry-allowed': 1,
      'x-google-start-bitrate': 600,
    },
  },
];

/** From mediasoup's default of 600 kbit/s a receiver often sees no picture for seconds; from 1 Mbit/s it does. */
const INITIAL_OUTGOING_BITRATE_BPS = 1_000_000;
/** A camera's three layers and a shared screen; more is a fault or an abuse. */
export const MAX_INCOMING_BITRATE_BPS = 8_000_000;
/** A path without an answer for so long is dead: then a peer whose signalling is lost too is given up. */
const ICE_CONSENT_TIMEOUT_S = 20;

export const TRANSPORT_OPTIONS = {
  enableUdp: true,
  enableTcp: true,
  preferUdp: true,
  initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BITRATE_BPS,
  iceConsentTimeout: ICE_CONSENT_TIMEOUT_S,
} as const;

/** Who gets the bandwidth first, until the receiver says otherwise. Voice is outside of it: mediasoup sends audio whole, always. */
export const DEFAULT_PRIORITY: Record<Exclude<MediaSource, 'audio'>, number> = {
  field: 255,
  screen: 200,
  device: 150,
  video: 100,
  room: 50,
};

/** What a source's track is. */
export function kindOf(source: MediaSource): 'audio' | 'video' {
  return source === 'audio' ? 'audio' : 'video';
}

/**
 * Header extensions that mediasoup could take and that are better not negotiated.
 * Video orientation: a sender that has it leaves the turning to receivers, of which not all do it (Firefox, recorders).
 * Capture time: once negotiated, the worker (3.27) takes the sender's clock from it alone, and Chromium (156) does not send it on every simulcast layer: the
 * worker then never learns how the layers lie in time and never changes between them. Without it sender reports tell.
 */
const NOT_OFFERED = new Set([
  'urn:3gpp:video-orientation',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time',
]);

/** What clients load their device with. */
export function offeredCapabilities(router: types.Router): RtpCapabilities {
  const { codecs = [], headerExtensions = [] } = router.rtpCapabilities;
  return RtpCapabilities.parse({
    codecs,
    headerExtensions: headerExtensions.filter(({ uri }) => !NOT_OFFERED.has(uri)),
  });
}
