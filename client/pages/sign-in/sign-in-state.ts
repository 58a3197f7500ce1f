/** What the sign-in page is told by whoever sends a person there. */
export interface SignInState {
  /** Where to go on after signing in. */
  from?: string;
  /** Why a session that was there is not any more. */
  ended?: 'signed-out' | 'expired';
}

/** History state survives reloads and updates, so it is read like any other input. */
export function parseSignInState(state: unknown): SignInState {
  if (typeof state !== 'object' || state === null) return {};
  const from =
    'from' in state && typeof state.from === 'string' && /^\/(?!\/)/.test(state.from) ? state.from : undefined;
  const ended =
    'ended' in state && (state.ended === 'signed-out' || state.ended === 'expired') ? state.ended : undefined;
  return { ...(from === undefined ? {} : { from }), ...(ended === undefined ? {} : { ended }) };
}
