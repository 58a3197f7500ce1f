import type { ImageDescription } from '../../server/formats/image/image.ts';
import type { Affine } from '../viewer/affine.ts';

export interface EdgeLetters {
  left: string;
  right: string;
  top: string;
  bottom: string;
}

/** Components smaller than this name no direction (about 10 degrees off an axis). */
const THRESHOLD = 0.17;

/**
 * Where the patient's sides are on the screen: up to three letters an edge, the main direction first (PS3.3 section C.7.6.1.1.1
 * names them: R L A P H F). undefined where the image does not say how it lies.
 */
export function edgeLetters(description: ImageDescription, toCanvas: Affine): EdgeLetters | undefined {
  const orientation = description.imageOrientationPatient;
  if (!orientation) return undefined;
  const [rx, ry, rz, cx, cy, cz] = orientation;
  const { rowMm, columnMm } = description.calibration.spacing ?? { rowMm: 1, columnMm: 1 };
  const { a, b, c, d } = toCanvas;
  const determinant = a * d - b * c;
  // The image direction that runs to the right, and the one that runs down, on the screen.
  const towards = (x: number, y: number): string => {
    const across = ((d * x - c * y) / determinant) * columnMm;
    const down = ((a * y - b * x) / determinant) * rowMm;
    return letters([rx * across + cx * down, ry * across + cy * down, rz * across + cz * down]);
  };
  return { right: towards(1, 0), left: towards(-1, 0), bottom: towards(0, 1), top: towards(0, -1) };
}

function letters(vector: [number, number, number]): string {
  const length = Math.hypot(...vector) || 1;
  const [x, y, z] = vector;
  return [
    { letter: x > 0 ? 'L' : 'R', size: Math.abs(x) / length },
    { letter: y > 0 ? 'P' : 'A', size: Math.abs(y) / length },
    { letter: z > 0 ? 'H' : 'F', size: Math.abs(z) / length },
  ]
    .filter(({ size }) => size > THRESHOLD)
    .sort((one, other) => other.size - one.size)
    .map(({ letter }) => letter)
    .join('');
}
