export type DeviceKind = 'audioinput' | 'videoinput' | 'audiooutput';

/** A device as the browser lists it; the label is empty until the person has allowed its use. */
export interface ListedDevice {
  deviceId: string;
  label: string;
}

export type ListedDevices = Record<DeviceKind, ListedDevice[]>;

export interface DeviceChoice {
  /** Undefined: whatever the browser takes by itself. */
  device: ListedDevice | undefined;
  /** The label of what the person chose earlier and is not there now. */
  missing: string | undefined;
}

/**
 * The device to use: the one chosen earlier, by its id, else by its name (some browsers renew ids, and a headset gets another one at
 * another socket), else the browser's own choice.
 */
export function chooseDevice(listed: readonly ListedDevice[], chosen: ListedDevice | undefined): DeviceChoice {
  if (!chosen) return { device: undefined, missing: undefined };
  const same =
    listed.find(({ deviceId }) => deviceId === chosen.deviceId) ??
    listed.find(({ label }) => label !== '' && label === chosen.label);
  if (same) return { device: same, missing: undefined };
  // Before any permission the list has no names: the id is tried all the same, and nothing can be said about what is missing.
  if (listed.every(({ label }) => label === '')) return { device: chosen, missing: undefined };
  return { device: undefined, missing: chosen.label };
}

export function groupDevices(devices: readonly MediaDeviceInfo[]): ListedDevices {
  const ofKind = (kind: DeviceKind) =>
    devices
      .filter((device) => device.kind === kind && (device.deviceId !== '' || device.label !== ''))
      .map(({ deviceId, label }) => ({ deviceId, label }));
  return { audioinput: ofKind('audioinput'), videoinput: ofKind('videoinput'), audiooutput: ofKind('audiooutput') };
}
