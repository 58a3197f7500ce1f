import { createRandom, type Random } from '../random.ts';
import { createSlice, paint, paintBall, type Slice } from './slice.ts';
import { type Ball, growVessels } from './vessels.ts';

/** What tissues measure, in HU. */
const HU = {
  air: -1000,
  table: -650,
  fat: -100,
  muscle: 55,
  lung: -850,
  blood: 40,
  nodule: 32,
  spongiosa: 220,
  cortex: 620,
  marrow: 25,
} as const;

/** Invented. All lengths in millimetres from the middle of the volume. */
export interface Chest {
  seed: string;
  /** Of the whole person, 1: a man of middle size. */
  size: number;
  nodule: Ball;
}

export interface Volume {
  side: number;
  mmPerPixel: number;
  thicknessMm: number;
  /** Height of each slice, from the feet upwards. */
  z: number[];
}

const NOISE_HU = 14;

/** Axial planes through a chest: skin, ribs, spine, lungs with their vessels, heart and great vessels, one solid nodule. */
export function createChest({ seed, size, nodule }: Chest, volume: Volume): Slice[] {
  const random = createRandom(seed);
  const lungs = [-1, 1].map((side) => ({ x: side * 74 * size, y: 2, rx: (side < 0 ? 56 : 52) * size, ry: 80 * size }));
  const vessels = growVessels(random, lungs);
  const grain = createGrain(random, volume.side);
  return volume.z.map((z) => {
    const slice = createSlice(volume.side, volume.mmPerPixel, HU.air);
    const at = { z, thicknessMm: volume.thicknessMm };
    paint(slice, { x: 0, y: 118 * size + 190, rx: 210, ry: 190 }, HU.table);
    paint(slice, { x: 0, y: 118 * size + 196, rx: 212, ry: 190 }, HU.air);
    paintWall(slice, size, z);
    for (const lung of lungs) {
      // The lungs widen towards the base.
      const wide = 1 - z / 900;
      paint(slice, { ...lung, rx: lung.rx * wide, ry: lung.ry * wide, turn: lung.x > 0 ? -5 : 5 }, HU.lung);
    }
    for (const ball of vessels) paintBall(slice, ball, HU.blood, at);
    paintBall(slice, nodule, HU.nodule, at);
    paintMediastinum(slice, size, z);
    addGrain(slice, grain, random);
    return slice;
  });
}

function paintWall(slice: Slice, size: number, z: number): void {
  paint(slice, { x: 0, y: 0, rx: 168 * size, ry: 116 * size }, HU.fat);
  paint(slice, { x: 0, y: 1, rx: 156 * size, ry: 106 * size }, HU.muscle);
  for (const side of [-1, 1]) {
    // Ribs run obliquely, so that each slice meets them elsewhere on the wall.
    for (let rib = 0; rib < 7; rib += 1) {
      const angle = ((-62 + rib * 24 + z * 0.42) * Math.PI) / 180;
      const [x, y] = [side * 141 * size * Math.cos(angle), 93 * size * Math.sin(angle)];
      const turn = (Math.atan2(93 * Math.cos(angle), -side * 141 * Math.sin(angle)) * 180) / Math.PI;
      paint(slice, { x, y, rx: 10, ry: 4.6, turn }, HU.cortex);
      paint(slice, { x, y, rx: 7, ry: 2, turn }, HU.spongiosa);
    }
    paint(slice, { x: side * 96 * size, y: 92 * size, rx: 34, ry: 4.5, turn: side * -24 }, HU.cortex);
  }
  paint(slice, { x: 0, y: -93 * size, rx: 19, ry: 6 }, HU.cortex);
  paint(slice, { x: 0, y: -93 * size, rx: 15, ry: 3 }, HU.spongiosa);
}

function paintMediastinum(slice: Slice, size: number, z: number): void {
  const scaled = (x: number, y: number, rx: number, ry: number, hu: number, turn = 0) =>
    paint(slice, { x: x * size, y: y * size, rx: rx * size, ry: ry * size, turn }, hu);
  scaled(0, 4, 24, 80, HU.muscle);
  scaled(0, -52, 30, 24, HU.fat);
  const low = Math.min(1, Math.max(0, (30 - z) / 60));
  // The heart below, the great vessels above.
  scaled(14 + 10 * low, -24, 30 + 32 * low, 26 + 24 * low, HU.blood, 32);
  scaled(-16, -22, 13, 15, HU.blood);
  scaled(23, 46, 12.5, 12.5, HU.blood);
  scaled(-6, 42, 6, 5, HU.muscle);
  const apart = Math.min(15, Math.max(0, 24 - z) * 0.6);
  for (const side of [-1, 1]) scaled(side * (apart + 2), 16, 7.5, 7.5, HU.air + 20);
  scaled(0, 76, 21, 17, HU.cortex);
  scaled(0, 75, 18.5, 14.5, HU.spongiosa);
  scaled(0, 97, 13, 11, HU.cortex);
  scaled(0, 97, 9, 7.5, HU.marrow);
  scaled(0, 108, 3.5, 9, HU.cortex);
}

/** One field of noise serves all slices, shifted: a scanner's is smooth over neighbouring pixels. */
function createGrain(random: Random, side: number): Float32Array {
  const raw = Float32Array.from({ length: side * side }, () => random.gauss(1));
  return raw.map((value, index) => {
    const around = (step: number) => raw[(index + step + raw.length) % raw.length] ?? 0;
    return NOISE_HU * (value * 0.8 + 0.15 * (around(1) + around(-1) + around(side) + around(-side)));
  });
}

function addGrain({ hu }: Slice, grain: Float32Array, random: Random): void {
  const shift = Math.floor(random.between(0, grain.length));
  for (let index = 0; index < hu.length; index += 1)
    hu[index] = (hu[index] ?? 0) + (grain[(index + shift) % grain.length] ?? 0);
}
