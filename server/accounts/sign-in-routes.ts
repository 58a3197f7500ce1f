import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { type FactorKind, Failure, type SessionView } from '../contract/index.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { checkContractVersion, DROP_CACHE, type SessionCookies } from '../http/session.ts';
import { KNOWN_MS } from './lockout.ts';
import { browserOf, type Origin } from './origin.ts';
import type { PasskeySignIn } from './passkey-sign-in.ts';
import type { RelyingParty } from './relying-party.ts';
import { PENDING_MS, type SecondStep } from './second-step.ts';
import type { ViewSession } from './session-view.ts';
import type { Sessions } from './sessions.ts';
import type { SignIn } from './sign-in.ts';
import type { Account } from './store.ts';

export interface SignInRouteParts {
  signIn: SignIn;
  secondStep: SecondStep;
  passkeys: PasskeySignIn;
  sessions: Sessions;
  cookies: SessionCookies;
  viewSession: ViewSession;
  findParty: (request: Request) => RelyingParty | null;
}

type SignInRoutes =
  | 'session:open'
  | 'session:switch'
  | 'pending-sign-in:read'
  | 'pending-sign-in:challenge'
  | 'session:confirm'
  | 'passkey:challenge'
  | 'session:open-by-passkey'
  | 'token:mint';

type Exchange = { request: Request; response: Response; requestId: string };

/** What all ways in have in common: where somebody comes from, and the session with its cookies in the end. */
function createEntrance({ sessions, cookies, viewSession }: SignInRouteParts) {
  return {
    originOf: ({ ip, headers }: Request) => ({
      address: ip ?? '',
      device: cookies.findDevice(headers) ?? randomBytes(32).toString('base64url'),
      browser: browserOf(headers['user-agent']),
    }),

    async enter(
      account: Account,
      factor: FactorKind | null,
      {
        request,
        response,
        requestId,
        origin,
        isAlone = false,
      }: Exchange & { origin: Origin & { device: string }; isAlone?: boolean },
    ): Promise<SessionView> {
      const former = cookies.findSecret(request.headers);
      const replaced = former?.isCookie ? former.secret : undefined;
      if (replaced !== undefined) response.set(...DROP_CACHE);
      const { secret } = await sessions.open(account, 'browser', requestId, { replaced, origin, factor, isAlone });
      cookies.set(response, secret);
      cookies.setDevice(response, origin.device, KNOWN_MS);
      return viewSession(await sessions.authenticate(secret, 'browser', 'set-up'));
    },
  };
}

/** How somebody comes in: by password, then by the second factor where the account has one, or by a passkey alone. */
export function signInRoutes(parts: SignInRouteParts): Pick<RouteHandlers, SignInRoutes> {
  const entrance = createEntrance(parts);
  return { ...passwordRoutes(parts, entrance), ...passkeyRoutes(parts, entrance), 'session:switch': switching(parts) };
}

function passwordRoutes(
  { signIn, secondStep, sessions, cookies, findParty }: SignInRouteParts,
  { originOf, enter }: ReturnType<typeof createEntrance>,
): Pick<
  RouteHandlers,
  'session:open' | 'pending-sign-in:read' | 'pending-sign-in:challenge' | 'session:confirm' | 'token:mint'
> {
  return {
    async 'session:open'({ body, request, response, requestId }) {
      checkContractVersion(request.headers['x-contract-version']);
      const origin = originOf(request);
      const { account, factor, isPending } = await signIn(body, origin, requestId);
      if (!isPending) return enter(account, factor, { request, response, requestId, origin });
      cookies.setDevice(response, origin.device, KNOWN_MS);
      cookies.setPending(response, await secondStep.begin(account), PENDING_MS);
      throw factorNeeded();
    },

    'pending-sign-in:read': ({ request }) => secondStep.read(cookies.findPending(request.headers), findParty(request)),
    'pending-sign-in:challenge': ({ request }) =>
      secondStep.challenge(cookies.findPending(request.headers), findParty(request)),

    async 'session:confirm'({ body, request, response, requestId }) {
      checkContractVersion(request.headers['x-contract-version']);
      const origin = originOf(request);
      const pending = cookies.findPending(request.headers);
      const from = { origin, party: findParty(request), requestId };
      const { account, proven } = await secondStep.confirm(pending, body.proof, from);
      cookies.setPending(response, undefined);
      const session = await enter(account, proven.kind, { request, response, requestId, origin });
      return { session, recoveryCodesLeft: proven.recoveryCodesLeft };
    },

    async 'token:mint'({ body, request, requestId }) {
      const origin = { address: request.ip ?? '' };
      const { account, factor, isPending } = await signIn(body, origin, requestId);
      if (isPending) throw factorNeeded();
      const { secret, session } = await sessions.open(account, 'machine', requestId, { origin, factor });
      return { token: secret, expiresAt: session.expiresAt };
    },
  };
}

function passkeyRoutes(
  { passkeys, cookies, findParty }: SignInRouteParts,
  { originOf, enter }: ReturnType<typeof createEntrance>,
): Pick<RouteHandlers, 'passkey:challenge' | 'session:open-by-passkey'> {
  return {
    async 'passkey:challenge'({ request, response, requestId }) {
      const origin = originOf(request);
      const asked = await passkeys.challenge({ origin, party: findParty(request), requestId });
      cookies.setDevice(response, origin.device, KNOWN_MS);
      return asked;
    },

    async 'session:open-by-passkey'({ body, request, response, requestId }) {
      checkContractVersion(request.headers['x-contract-version']);
      const origin = originOf(request);
      const account = await passkeys.open(body.assertion, { origin, party: findParty(request), requestId });
      return enter(account, 'security-key', { request, response, requestId, origin, isAlone: true });
    },
  };
}

function switching({ sessions, cookies, viewSession }: SignInRouteParts): RouteHandlers['session:switch'] {
  return async ({ caller, body, response, requestId }) => {
    const { secret, tell } = await sessions.switchTo(caller, body.appointmentId, requestId);
    cookies.set(response, secret);
    // Pictures of the old place are not the new one's to keep.
    response.set(...DROP_CACHE);
    // The other windows ask with the cookie that this answer brings.
    response.once('close', tell);
    return viewSession(await sessions.authenticate(secret, 'browser', 'set-up'));
  };
}

function factorNeeded(): Failure {
  return new Failure('unauthenticated', 'the password is right, the second factor is missing', {
    reason: 'second-factor-needed',
  });
}
