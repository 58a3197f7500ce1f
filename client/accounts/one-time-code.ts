/** The secret of a one-time link stands behind the hash of its address; what was typed from a slip has none. */
export function readLinkSecret(hash: string): string | undefined {
  const secret = hash.replace(/^#/, '').trim();
  return secret === '' ? undefined : secret;
}

export const SET_PASSWORD_PATH = '/set-password';

/** As it is handed to a person: where this browser found the system, they find it too. */
export function linkAddress(secret: string): string {
  return `${window.location.origin}${SET_PASSWORD_PATH}#${secret}`;
}
