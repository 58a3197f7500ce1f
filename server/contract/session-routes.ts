import { z } from 'zod';
import { SessionView, SignInInput, SignInOptions, TokenView } from './account.ts';
import { Empty, Id } from './primitives.ts';
import { route } from './route.ts';
import { FactorProof, PendingSignInView } from './second-factor.ts';
import { SecurityKeyAssertion, SecurityKeyRequest } from './security-key.ts';

/** With the largest credential ID that there may be, twice, and the signature of any algorithm. */
const MAX_PROOF_BYTES = 24 * 1024;

/** Signing in, and the session that comes of it. */
export const sessionRoutes = {
  'sign-in:options': route('GET', '/api/sign-in', { reply: SignInOptions, access: 'anyone' }),
  /** Where the account has a second factor, and no `otp` is sent along: `second-factor-needed`, and a cookie for `session:confirm`. */
  'session:open': route('POST', '/api/session', {
    body: SignInInput,
    reply: SessionView,
    status: 201,
    access: 'anyone',
  }),
  'pending-sign-in:read': route('GET', '/api/session/pending', { reply: PendingSignInView, access: 'anyone' }),
  /** What a security key answers in the second step. Each makes the one before it useless. */
  'pending-sign-in:challenge': route('POST', '/api/session/pending/challenge', {
    reply: SecurityKeyRequest,
    status: 201,
    access: 'anyone',
  }),
  /** The second step. After a recovery code: how many are left. */
  'session:confirm': route('POST', '/api/session/second-factor', {
    body: z.object({ proof: FactorProof }),
    reply: z.object({ session: SessionView, recoveryCodesLeft: z.number().int().nullable() }),
    status: 201,
    access: 'anyone',
    maxBodyBytes: MAX_PROOF_BYTES,
  }),
  /** What a passkey answers before anybody has said who they are: it finds its account by itself. */
  'passkey:challenge': route('POST', '/api/session/passkey/challenge', {
    reply: SecurityKeyRequest,
    status: 201,
    access: 'anyone',
  }),
  /** Opens a session with a passkey alone. */
  'session:open-by-passkey': route('POST', '/api/session/passkey', {
    body: z.object({ assertion: SecurityKeyAssertion }),
    reply: SessionView,
    status: 201,
    access: 'anyone',
    maxBodyBytes: MAX_PROOF_BYTES,
  }),
  'session:read': route('GET', '/api/session', { reply: SessionView, access: 'set-up' }),
  /** From here on the session acts in another of the person's appointments; all its windows begin anew. */
  'session:switch': route('POST', '/api/session/appointment', {
    body: z.object({ appointmentId: Id }),
    reply: SessionView,
    access: 'set-up',
  }),
  'session:close': route('DELETE', '/api/session', { reply: Empty, access: 'set-up' }),
  'session:close-all': route('DELETE', '/api/sessions', { reply: Empty, access: 'set-up' }),
  'token:mint': route('POST', '/api/tokens', { body: SignInInput, reply: TokenView, status: 201, access: 'anyone' }),
} as const;
