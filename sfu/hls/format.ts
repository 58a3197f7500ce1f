/** The one size and rate of what is sent as HLS: enough to follow an operation on a line of one Mbit/s. */
export const WIDTH_PX = 960;
export const HEIGHT_PX = 540;
export const FRAMES_A_SECOND = 15;
export const SAMPLES_A_SECOND = 48_000;
/** A fragment begins with a key frame and ends before the next. */
export const FRAMES_A_FRAGMENT = 30;
export const FRAGMENT_MS = (1000 * FRAMES_A_FRAGMENT) / FRAMES_A_SECOND;

/** A picture as it passes between decoders, mixer and encoder: the plane of brightness, then two of colour at half the size (yuv420p). */
export const PICTURE_BYTES = (WIDTH_PX * HEIGHT_PX * 3) / 2;
/** Sound passes as 16-bit samples of one channel. */
export const SAMPLE_BYTES = 2;
export const SAMPLES_A_FRAME = SAMPLES_A_SECOND / FRAMES_A_SECOND;
