type Kind = 'audioinput' | 'videoinput';

interface Plugged {
  deviceId: string;
  kind: Kind;
  label: string;
  occupied: boolean;
}

class Track extends EventTarget {
  readonly kind: string;
  readonly #device: Plugged;
  enabled = true;
  muted = false;
  readyState: 'live' | 'ended' = 'live';

  constructor(device: Plugged) {
    super();
    this.#device = device;
    this.kind = device.kind === 'audioinput' ? 'audio' : 'video';
  }

  get deviceId(): string {
    return this.#device.deviceId;
  }

  getSettings(): { deviceId: string; width: number; height: number } {
    return { deviceId: this.deviceId, width: 1280, height: 720 };
  }

  stop(): void {
    this.readyState = 'ended';
  }
}

/** A computer whose cameras and microphones come and go, as `navigator.mediaDevices` shows it: Media Capture and Streams, sections 9 and 10. */
export class ComputerWorld {
  asked = 0;
  readonly #random: (() => number) | undefined;
  readonly #events = new EventTarget();
  readonly #refusals = new Map<Kind, { name: string; message: string }>();
  readonly #tracks: Track[] = [];
  #plugged: Plugged[] = [];
  #permitted = new Set<Kind>();
  #permissionChanged: (() => void) | undefined;
  #ids = 0;

  /** @param random where given, opening a device takes a varying number of turns */
  constructor(random?: () => number) {
    this.#random = random;
  }

  plug(kind: Kind, label: string): string {
    this.#ids += 1;
    const deviceId = `device-${this.#ids}`;
    this.#plugged.push({ deviceId, kind, label, occupied: false });
    this.#events.dispatchEvent(new Event('devicechange'));
    return deviceId;
  }

  unplug(deviceId: string): void {
    this.#plugged = this.#plugged.filter((device) => device.deviceId !== deviceId);
    for (const track of this.#tracks) {
      if (track.deviceId !== deviceId || track.readyState === 'ended') continue;
      track.readyState = 'ended';
      track.dispatchEvent(new Event('ended'));
    }
    this.#events.dispatchEvent(new Event('devicechange'));
  }

  /** The system, or a headset's switch, keeps a device that is open, or gives it back. */
  hold(deviceId: string, held: boolean): void {
    for (const track of this.#tracks) {
      if (track.deviceId !== deviceId || track.readyState === 'ended') continue;
      track.muted = held;
      track.dispatchEvent(new Event(held ? 'mute' : 'unmute'));
    }
  }

  occupy(deviceId: string): void {
    for (const device of this.#plugged) if (device.deviceId === deviceId) device.occupied = true;
  }

  refuse(kind: Kind, name: string, message = ''): void {
    this.#refusals.set(kind, { name, message });
  }

  allow(kind: Kind): void {
    this.#refusals.delete(kind);
    this.#permissionChanged?.();
  }

  /** How many devices of a kind are open: whose light is on. */
  open(kind: Kind): number {
    const of = kind === 'audioinput' ? 'audio' : 'video';
    return this.#tracks.filter((track) => track.kind === of && track.readyState === 'live').length;
  }

  readonly watchPermissions = (changed: () => void): (() => void) => {
    this.#permissionChanged = changed;
    return () => {
      this.#permissionChanged = undefined;
    };
  };

  get devices(): MediaDevices {
    return {
      addEventListener: this.#events.addEventListener.bind(this.#events),
      removeEventListener: this.#events.removeEventListener.bind(this.#events),
      enumerateDevices: async () =>
        this.#plugged.map(({ deviceId, kind, label }) => {
          const named = this.#permitted.has(kind);
          return { deviceId: named ? deviceId : '', kind, label: named ? label : '', groupId: '' };
        }),
      getUserMedia: (constraints: MediaStreamConstraints) => this.#getUserMedia(constraints),
    } as unknown as MediaDevices;
  }

  async #getUserMedia({ audio, video }: MediaStreamConstraints): Promise<MediaStream> {
    this.asked += 1;
    for (let turns = Math.floor((this.#random?.() ?? 0) * 5); turns > 0; turns--) await Promise.resolve();
    const wanted: [Kind, MediaTrackConstraints][] = [];
    if (audio) wanted.push(['audioinput', audio as MediaTrackConstraints]);
    if (video) wanted.push(['videoinput', video as MediaTrackConstraints]);
    const found = wanted.map(([kind, constraints]) => this.#find(kind, constraints));
    const tracks = found.map((device) => {
      this.#permitted.add(device.kind);
      const track = new Track(device);
      this.#tracks.push(track);
      return track;
    });
    return {
      getAudioTracks: () => tracks.filter(({ kind }) => kind === 'audio'),
      getVideoTracks: () => tracks.filter(({ kind }) => kind === 'video'),
    } as unknown as MediaStream;
  }

  #find(kind: Kind, { deviceId }: MediaTrackConstraints): Plugged {
    const refusal = this.#refusals.get(kind);
    if (refusal) throw new DOMException(refusal.message, refusal.name);
    const ofKind = this.#plugged.filter((device) => device.kind === kind);
    if (ofKind.length === 0) throw new DOMException('none is plugged in', 'NotFoundError');
    const exact = typeof deviceId === 'object' && 'exact' in deviceId ? deviceId.exact : undefined;
    const device = exact === undefined ? ofKind[0] : ofKind.find((one) => one.deviceId === exact);
    if (!device) throw new DOMException('it is not plugged in', 'OverconstrainedError');
    if (device.occupied) throw new DOMException('in use', 'NotReadableError');
    return device;
  }
}

/** Lets everything run that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
