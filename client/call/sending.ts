import type { types } from 'mediasoup-client';
import type { MediaSource } from '../../sfu/contract/token.ts';
import type { LocalMedia } from './local-media.ts';
import { cameraEncodings } from './simulcast.ts';

/** A track that this window is to send. */
export interface OutgoingTrack {
  /** Names it within the window; stays when another device takes its place. */
  key: string;
  source: MediaSource;
  /** How it is called; it may change. */
  label?: string;
  /** Names it for the others, whatever it is called. */
  inputId?: string;
  /** Null: the device is released or gone. */
  track: MediaStreamTrack | null;
  paused: boolean;
  /** It is to be sent, and its camera gives nothing that may be seen: the others read so. */
  pausedFor?: 'no-picture';
  /**
   * How it is encoded. A picture has at least two layers, the smallest first.
   * @param isForAll in what every browser decodes: somebody who has to see it could not
   */
  encode(
    track: MediaStreamTrack,
    isForAll?: boolean,
  ): Pick<types.ProducerOptions, 'encodings' | 'codecOptions' | 'codec'>;
}

/** What this window is to send, the most important first: what comes later gives way first. */
export interface Sending {
  readonly tracks: readonly OutgoingTrack[];
  onState(listener: () => void): () => void;
}

/** Opus with in-band error correction, and next to nothing sent in silence. */
export const encodeVoice: OutgoingTrack['encode'] = () => ({
  encodings: [{ dtx: true, priority: 'high', networkPriority: 'high' } satisfies types.RtpEncodingParameters],
  codecOptions: { opusStereo: false, opusDtx: true, opusFec: true, opusNack: true },
});

/** kbit/s; from Chromium's own 300 the larger layers come up to ten seconds late. */
const CAMERA_START = { videoGoogleStartBitrate: 800 };

export const encodeCamera: OutgoingTrack['encode'] = (track) => ({
  encodings: cameraEncodings(linesOf(track)),
  codecOptions: CAMERA_START,
});

/** This person's voice and picture, always as {@link LocalMedia} has them: voice first. */
export function sendingOf(media: LocalMedia): Sending {
  return {
    get tracks(): OutgoingTrack[] {
      const { microphone, camera } = media.state;
      return [
        {
          key: 'microphone',
          source: 'audio',
          track: microphone.track,
          paused: !microphone.on || microphone.held,
          encode: encodeVoice,
        },
        {
          key: 'camera',
          source: 'video',
          track: camera.track,
          paused: !camera.on || camera.held,
          encode: encodeCamera,
        },
      ];
    },
    onState: media.onState,
  };
}

function linesOf(track: MediaStreamTrack): number {
  const { width = 1280, height = 720 } = track.getSettings();
  return Math.min(width, height);
}
