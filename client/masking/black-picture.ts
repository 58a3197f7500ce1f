let shared: MediaStreamTrack | undefined;

/** A picture that is black and stays so, for whatever has to be sent while nothing may be seen. */
export function blackPicture(): MediaStreamTrack {
  if (shared?.readyState === 'live') return shared;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 640, height: 360 });
  canvas.getContext('2d', { alpha: false })?.fillRect(0, 0, canvas.width, canvas.height);
  const track = canvas.captureStream(1).getVideoTracks()[0];
  if (!track) throw new DOMException('no picture can be taken from a canvas', 'NotSupportedError');
  shared = track;
  return track;
}
