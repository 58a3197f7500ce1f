/** What is asked of the browser. `deviceId` undefined: its own choice. */
export interface CaptureRequest {
  kind: 'audioinput' | 'videoinput';
  deviceId: string | undefined;
}

type Capturing = Pick<MediaDevices, 'getUserMedia'>;

/** A voice: with everything that keeps a loudspeaker in a ward from being heard twice. */
const voice = (deviceId: string | undefined): MediaTrackConstraints => ({
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: { ideal: 1 },
  ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
});

/** 720 lines are the top of the simulcast ladder; 24 pictures a second leave an old computer time to draw the images. */
const picture = (deviceId: string | undefined): MediaTrackConstraints => ({
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 24, max: 30 },
  ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
});

/**
 * Opens one device; where the wanted one has just gone, the browser's own choice.
 * @throws DOMException as getUserMedia does.
 */
export async function captureOne(devices: Capturing, { kind, deviceId }: CaptureRequest): Promise<MediaStreamTrack> {
  const ask = async (id: string | undefined) => {
    const stream = await devices.getUserMedia(kind === 'audioinput' ? { audio: voice(id) } : { video: picture(id) });
    return onlyTrack(stream, kind);
  };
  try {
    return await ask(deviceId);
  } catch (thrown) {
    const gone = thrown instanceof Error && (thrown.name === 'OverconstrainedError' || thrown.name === 'NotFoundError');
    if (deviceId === undefined || !gone) throw thrown;
    return await ask(undefined);
  }
}

/** Opens both with one question to the person. @throws DOMException where either cannot be had. */
export async function captureBoth(
  devices: Capturing,
  microphoneId: string | undefined,
  cameraId: string | undefined,
): Promise<{ microphone: MediaStreamTrack; camera: MediaStreamTrack }> {
  const stream = await devices.getUserMedia({ audio: voice(microphoneId), video: picture(cameraId) });
  return { microphone: onlyTrack(stream, 'audioinput'), camera: onlyTrack(stream, 'videoinput') };
}

function onlyTrack(stream: MediaStream, kind: CaptureRequest['kind']): MediaStreamTrack {
  const track = (kind === 'audioinput' ? stream.getAudioTracks() : stream.getVideoTracks())[0];
  if (!track) throw new DOMException('the stream has no such track', 'NotFoundError');
  return track;
}
