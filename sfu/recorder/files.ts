import { z } from 'zod';
import { Id, Instant } from '../../server/contract/primitives.ts';
import { MediaKind } from '../contract/rtp.ts';
import { HallSeat, MediaSource } from '../contract/token.ts';

/*
 * How a recording lies on the disk: `<recordingId>/<trackId>/track.json`, and below it a folder for each take with `take.json`, `segments.csv`
 * and the segments. A take is what flowed of a track without a pause. All is written as it happens: whatever dies leaves what was there.
 */

/** What may become of a segment's name; nothing else of the folder is ever handed out. */
export const SEGMENT_NAME = /^\d{5}\.(webm|mp4)$/;
export const TRACK_FILE = 'track.json';
export const TAKE_FILE = 'take.json';
/** ffmpeg's list: name, first and last second of each segment that is whole, counted from the take's first packet. */
export const SEGMENTS_FILE = 'segments.csv';

/** Who sent a track, and as what. */
export const TrackFile = z.object({
  accountId: Id,
  seat: HallSeat,
  source: MediaSource,
  label: z.string().nullable(),
  inputId: Id.exactOptional(),
  kind: MediaKind,
  /** As RTP names it, e.g. `video/VP8`. */
  mimeType: z.string(),
});
export type TrackFile = z.infer<typeof TrackFile>;

/** When the take's first packet came, by this machine's clock. */
export const TakeFile = z.object({ startedAt: Instant });
export type TakeFile = z.infer<typeof TakeFile>;

/** WebM holds VP8 and Opus, MP4 in fragments holds H.264: what browsers play of each without anything added. */
export const containerOf = (mimeType: string): 'webm' | 'mp4' =>
  mimeType.toLowerCase() === 'video/h264' ? 'mp4' : 'webm';
