import { type Placed, positionAlongNormal } from './series-order.ts';

export interface SlicePosition {
  /** Where from the origin the slice lies, as the patient's sides are called (PS3.3 section C.7.6.1.1.1). */
  side: 'L' | 'R' | 'P' | 'A' | 'H' | 'F';
  /** Millimetres in that direction. */
  mm: number;
}

/**
 * How far a slice lies from the origin along its normal, named by the side that the normal runs to most: `L 12.0`. The normal's own
 * sign depends on how rows and columns run (in a sagittal slice it points to the right) and is no side of the patient.
 */
export function positionOf(
  image: Pick<Placed, 'imagePositionPatient' | 'imageOrientationPatient'>,
): SlicePosition | null {
  const along = positionAlongNormal(image);
  const { imageOrientationPatient } = image;
  if (along === null || imageOrientationPatient === null) return null;
  const [a, b, c, d, e, f] = imageOrientationPatient;
  const axes = [
    { component: b * f - c * e, plus: 'L', minus: 'R' },
    { component: c * d - a * f, plus: 'P', minus: 'A' },
    { component: a * e - b * d, plus: 'H', minus: 'F' },
  ] as const;
  const [main] = [...axes].sort((one, other) => Math.abs(other.component) - Math.abs(one.component));
  if (main === undefined) return null;
  const onAxis = main.component < 0 ? -along : along;
  return { side: onAxis < 0 ? main.minus : main.plus, mm: Math.abs(onAxis) };
}
