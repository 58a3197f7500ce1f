/** How large a network is made: all follows from the number of patients. */
export interface Size {
  patients: number;
  people: number;
  hubs: number;
  cities: number;
  counties: number;
  townships: number;
  villages: number;
}

export const AT = '2026-01-02T00:00:00.000Z';

/** Two million patients: 200,000 people at 3,000 facilities. */
export function sizeOf(patients: number): Size {
  const counties = Math.max(20, Math.round(patients / 10_000));
  const [hubs, cities, townships] = [10, 13, counties * 4];
  const villages = counties * 15 - hubs - cities - counties - townships;
  return { patients, people: Math.round(patients / 10), hubs, cities, counties, townships, villages };
}

export const facilityCount = ({ hubs, cities, counties, townships, villages }: Size): number =>
  hubs + cities + counties + townships + villages;

const KINDS = {
  facility: 1,
  account: 2,
  patient: 3,
  identifier: 4,
  consultation: 5,
  grant: 6,
  appointment: 7,
} as const;

/**
 * The id of the so-manieth of a kind, in the form of a random one. Ids that rise are written several times as fast; rows of one person or
 * hospital lie as far apart as with random ones, since places take turns.
 */
export function idOf(kind: keyof typeof KINDS, index: number): string {
  return `${index.toString(16).padStart(8, '0')}-000${KINDS[kind]}-4000-8000-000000000000`;
}

/**
 * In [0, 1), the same for the same index and purpose whatever was made before: each table is made by itself. One step of the tests'
 * source of numbers, written out since it is taken ten million times.
 */
export function fractionOf(index: number, purpose: number): number {
  const state = (Math.imul(index, 0x9e3779b1) + Math.imul(purpose + 1, 0x6d2b79f5)) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
}

export const belowOf = (limit: number, index: number, purpose: number): number =>
  Math.floor(fractionOf(index, purpose) * limit);
