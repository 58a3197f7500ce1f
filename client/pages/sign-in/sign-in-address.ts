export const SIGN_IN_PATH = '/sign-in';
/** Pages of one-time links and codes: for people who are not signed in, and whose secret stands behind the hash. */
export const LINK_PATHS = ['/first-start', '/phone-camera', '/set-password'];

/** Whether nobody has to be signed in for a page. */
export const isOpenToAnyone = (pathname: string): boolean => pathname === SIGN_IN_PATH || LINK_PATHS.includes(pathname);

/** What the sign-in page is told by whoever sends a person there. */
export interface SignInReason {
  /** Where to go on after signing in. */
  from?: string;
  /** Why a session that was there is not any more. */
  ended?: 'signed-out' | 'expired' | 'disabled';
}

export function signInAddress({ from, ended }: SignInReason): string {
  const search = new URLSearchParams();
  if (from !== undefined && from !== '/') search.set('from', from);
  if (ended !== undefined) search.set('ended', ended);
  const text = search.toString();
  return text === '' ? SIGN_IN_PATH : `${SIGN_IN_PATH}?${text}`;
}

/** Anybody can write a link to the sign-in page: only paths of this application are followed (a second slash would leave it). */
export function parseSignInSearch(search: URLSearchParams): SignInReason {
  const from = search.get('from');
  const ended = search.get('ended');
  return {
    ...(from !== null && /^\/(?!\/)[\w/-]*$/.test(from) && { from }),
    ...((ended === 'signed-out' || ended === 'expired' || ended === 'disabled') && { ended }),
  };
}
