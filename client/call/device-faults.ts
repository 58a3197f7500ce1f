/** Why a camera or microphone cannot be used, as far as a person can do something about it. Each has its sentences in `call:fault.<fault>`. */
export type DeviceFault = 'denied' | 'denied-by-system' | 'not-found' | 'in-use' | 'insecure' | 'unknown';

/** Names by the Media Capture and Streams specification, section 10.2 (getUserMedia); the old ones are still thrown by older browsers. */
export function toDeviceFault(thrown: unknown): DeviceFault {
  const { name, message } = thrown instanceof Error ? thrown : { name: '', message: '' };
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'SecurityError':
      // Chromium: "Permission denied by system" where Windows' or macOS' privacy settings forbid it.
      return /system/i.test(message) ? 'denied-by-system' : 'denied';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'not-found';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'in-use';
    default:
      return 'unknown';
  }
}

/** The person closed the browser's question without an answer: asking again at once would only annoy. */
export function isDismissed(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'NotAllowedError' && /dismissed/i.test(thrown.message);
}
