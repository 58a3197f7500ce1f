import type { ListedDevice } from '../call/device-choice.ts';

export interface CameraChoice {
  device: ListedDevice;
  /** It was found by its name alone: another one of the same make may have taken its place, for which the masks were not drawn. */
  isByName: boolean;
}

/**
 * The camera that is meant, or none: never another one in its place. By its name alone only where no other is called so, neither of those that
 * are plugged in nor of those that belong to other inputs.
 */
export function findCamera(
  listed: readonly ListedDevice[],
  wanted: ListedDevice,
  others: readonly ListedDevice[],
): CameraChoice | undefined {
  const same = listed.find(({ deviceId }) => deviceId === wanted.deviceId);
  if (same) return { device: same, isByName: false };
  // Before any permission the list has no names: the id is tried all the same, and opens that camera or none.
  if (listed.length > 0 && listed.every(({ label }) => label === '')) return { device: wanted, isByName: false };
  const named = listed.filter(({ label }) => label !== '' && label === wanted.label);
  const [only] = named;
  const isOthers = others.some(({ label, deviceId }) => label === wanted.label || deviceId === only?.deviceId);
  return only && named.length === 1 && !isOthers ? { device: only, isByName: true } : undefined;
}
