import type { Random } from '../random.ts';

export interface Ball {
  x: number;
  y: number;
  z: number;
  r: number;
}

const PER_LUNG = 120;
const STEP_MM = 1.5;
const HILUM_RADIUS_MM = 4;
const TIP_RADIUS_MM = 0.9;

/** Vessels of both lungs as chains of balls: from the hilum outwards, curved, thinner with every step. */
export function growVessels(random: Random, lungs: { x: number; y: number; rx: number; ry: number }[]): Ball[] {
  return lungs.flatMap((lung) => Array.from({ length: PER_LUNG }, () => growVessel(random, lung)).flat());
}

function growVessel(random: Random, lung: { x: number; y: number; rx: number; ry: number }): Ball[] {
  const inward = lung.x > 0 ? -1 : 1;
  const from = { x: lung.x + inward * lung.rx * 0.8, y: lung.y + random.between(-8, 12), z: random.between(-32, 26) };
  const angle = random.between(0, 2 * Math.PI);
  const outward = Math.sqrt(random.between(0.15, 0.85));
  const to = {
    x: lung.x + Math.cos(angle) * outward * lung.rx,
    y: lung.y + Math.sin(angle) * outward * lung.ry,
    z: from.z + random.between(-45, 45),
  };
  const bend = { x: random.gauss(7), y: random.gauss(7), z: random.gauss(5) };
  const lengthMm = Math.hypot(to.x - from.x, to.y - from.y, to.z - from.z);
  const steps = Math.ceil(lengthMm / STEP_MM);
  const thickness = random.between(0.5, 1);
  return Array.from({ length: steps }, (_, step) => {
    const along = step / steps;
    const aside = Math.sin(along * Math.PI);
    const at = (axis: 'x' | 'y' | 'z') => from[axis] + (to[axis] - from[axis]) * along + bend[axis] * aside;
    const r = Math.max(TIP_RADIUS_MM, thickness * HILUM_RADIUS_MM * (1 - along) ** 1.4);
    return { x: at('x'), y: at('y'), z: at('z'), r };
  });
}
