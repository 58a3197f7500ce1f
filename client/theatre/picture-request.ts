import type { MediaSource } from '../../sfu/contract/token.ts';

/** What a picture of the theatre can show; its voice is apart. */
export const PICTURE_SOURCES = ['field', 'device', 'room', 'screen'] as const satisfies readonly MediaSource[];
export type PictureSource = (typeof PICTURE_SOURCES)[number];
/** Those that come from a camera or a capture card. */
export const CAMERA_SOURCES = ['field', 'device', 'room'] as const satisfies readonly PictureSource[];
export type CameraSource = (typeof CAMERA_SOURCES)[number];

/** Field and devices are looked at closely; the room is to be seen as a whole. */
const SIZES = {
  field: { width: 1920, height: 1080, framesPerSecond: 25 },
  device: { width: 1920, height: 1080, framesPerSecond: 25 },
  room: { width: 1280, height: 720, framesPerSecond: 25 },
} as const satisfies Record<CameraSource, object>;

/** Few pictures a second, each sharp: a screen is read. */
const SCREEN_FRAMES_PER_SECOND = 10;

/**
 * Opens exactly this camera and no other: another one would come with masks that were drawn for this one.
 * @throws DOMException as getUserMedia does.
 */
export async function openCamera(
  devices: Pick<MediaDevices, 'getUserMedia'>,
  source: CameraSource,
  deviceId: string,
): Promise<MediaStreamTrack> {
  const { width, height, framesPerSecond } = SIZES[source];
  const video = {
    deviceId: { exact: deviceId },
    width: { ideal: width },
    height: { ideal: height },
    frameRate: { ideal: framesPerSecond, max: 30 },
  };
  return onlyPicture(await devices.getUserMedia({ video }));
}

/** @throws DOMException as getDisplayMedia does, also where the person chooses none. */
export async function openScreen(devices: Pick<MediaDevices, 'getDisplayMedia'>): Promise<MediaStreamTrack> {
  const frameRate = { ideal: SCREEN_FRAMES_PER_SECOND, max: SCREEN_FRAMES_PER_SECOND };
  return onlyPicture(await devices.getDisplayMedia({ video: { frameRate }, audio: false }));
}

function onlyPicture(stream: MediaStream): MediaStreamTrack {
  const track = stream.getVideoTracks()[0];
  if (!track) throw new DOMException('the stream has no picture', 'NotFoundError');
  return track;
}
