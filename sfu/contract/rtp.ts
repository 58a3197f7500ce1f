import { z } from 'zod';

/*
 * ORTC structures as mediasoup and mediasoup-client spell them (https://mediasoup.org/documentation/v3/mediasoup/rtp-parameters-and-capabilities/).
 * Written out, with bounds, rather than passed through: what a browser sends goes to a C++ process. Fields that mediasoup does not read are dropped.
 * `exactOptional`: both libraries' types forbid an explicit `undefined`.
 */
const PayloadType = z.number().int().min(0).max(127);
const Ssrc = z.number().int().min(0).max(0xffffffff);
const Name = z.string().min(1).max(100);
const CodecSettings = z.record(z.string().max(64), z.unknown());

export const MediaKind = z.enum(['audio', 'video']);
export type MediaKind = z.infer<typeof MediaKind>;

/** The header extensions that mediasoup knows; it answers anything else with an error. */
const RtpHeaderExtensionUri = z.enum([
  'urn:ietf:params:rtp-hdrext:sdes:mid',
  'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
  'urn:3gpp:video-orientation',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time',
  'urn:ietf:params:rtp-hdrext:toffset',
  'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay',
  'urn:mediasoup:params:rtp-hdrext:packet-id',
]);

const RtcpFeedback = z.object({ type: Name, parameter: z.string().max(100).exactOptional() });

const RtpCodecCapability = z.object({
  kind: MediaKind,
  mimeType: Name,
  preferredPayloadType: PayloadType,
  clockRate: z.number().int().positive(),
  channels: z.number().int().positive().exactOptional(),
  parameters: CodecSettings.exactOptional(),
  rtcpFeedback: z.array(RtcpFeedback).max(20).exactOptional(),
});

const RtpHeaderExtension = z.object({
  kind: MediaKind,
  uri: RtpHeaderExtensionUri,
  preferredId: z.number().int().min(1).max(255),
  preferredEncrypt: z.boolean().exactOptional(),
  direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).exactOptional(),
});

export const RtpCapabilities = z.object({
  codecs: z.array(RtpCodecCapability).max(64).exactOptional(),
  headerExtensions: z.array(RtpHeaderExtension).max(64).exactOptional(),
});
export type RtpCapabilities = z.infer<typeof RtpCapabilities>;

const RtpCodecParameters = z.object({
  mimeType: Name,
  payloadType: PayloadType,
  clockRate: z.number().int().positive(),
  channels: z.number().int().positive().exactOptional(),
  parameters: CodecSettings.exactOptional(),
  rtcpFeedback: z.array(RtcpFeedback).max(20).exactOptional(),
});

const RtpEncodingParameters = z.object({
  ssrc: Ssrc.exactOptional(),
  rid: z.string().max(16).exactOptional(),
  codecPayloadType: PayloadType.exactOptional(),
  rtx: z.object({ ssrc: Ssrc }).exactOptional(),
  dtx: z.boolean().exactOptional(),
  scalabilityMode: z.string().max(16).exactOptional(),
  maxBitrate: z.number().int().positive().exactOptional(),
});

export const RtpParameters = z.object({
  mid: z.string().max(32).exactOptional(),
  codecs: z.array(RtpCodecParameters).min(1).max(16),
  headerExtensions: z
    .array(
      z.object({
        uri: RtpHeaderExtensionUri,
        id: z.number().int().min(1).max(255),
        encrypt: z.boolean().exactOptional(),
        parameters: CodecSettings.exactOptional(),
      }),
    )
    .max(32)
    .exactOptional(),
  encodings: z.array(RtpEncodingParameters).max(4).exactOptional(),
  rtcp: z
    .object({ cname: z.string().max(255).exactOptional(), reducedSize: z.boolean().exactOptional() })
    .exactOptional(),
  msid: z.string().max(255).exactOptional(),
});
export type RtpParameters = z.infer<typeof RtpParameters>;

export const DtlsParameters = z.object({
  role: z.enum(['auto', 'client', 'server']).exactOptional(),
  fingerprints: z
    .array(
      z.object({
        algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: z.string().regex(/^([0-9A-Fa-f]{2}:){19,63}[0-9A-Fa-f]{2}$/),
      }),
    )
    .min(1)
    .max(8),
});
export type DtlsParameters = z.infer<typeof DtlsParameters>;

export const IceParameters = z.object({
  usernameFragment: z.string(),
  password: z.string(),
  iceLite: z.boolean().exactOptional(),
});
export type IceParameters = z.infer<typeof IceParameters>;

export const IceCandidate = z.object({
  foundation: z.string(),
  priority: z.number(),
  address: z.string(),
  ip: z.string(),
  protocol: z.enum(['udp', 'tcp']),
  port: z.number().int(),
  type: z.literal('host'),
  tcpType: z.literal('passive').exactOptional(),
});
export type IceCandidate = z.infer<typeof IceCandidate>;
