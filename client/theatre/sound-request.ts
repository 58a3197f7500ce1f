import type { SoundKind } from './theatre-memory.ts';

/**
 * Speech in a theatre is heard by its own loudspeaker as well, so echo and noise are taken out. What comes over a line is neither speech nor
 * heard there: it stays as it is.
 */
const PROCESSING = {
  speech: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: { ideal: 1 } },
  line: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: { ideal: 2 } },
} as const satisfies Record<SoundKind, MediaTrackConstraints>;

/**
 * Opens exactly this microphone or line, the one that was checked; the system's own where none was chosen.
 * @throws DOMException as getUserMedia does.
 */
export async function openSound(
  devices: Pick<MediaDevices, 'getUserMedia'>,
  kind: SoundKind,
  deviceId: string | undefined,
): Promise<MediaStreamTrack> {
  const which = deviceId === undefined ? {} : { deviceId: { exact: deviceId } };
  const stream = await devices.getUserMedia({ audio: { ...PROCESSING[kind], ...which } });
  const track = stream.getAudioTracks()[0];
  if (!track) throw new DOMException('the stream has no sound', 'NotFoundError');
  return track;
}
