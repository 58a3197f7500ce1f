import type { IncomingHttpHeaders } from 'node:http';
import type { Request, Response } from 'express';
import type { Caller } from '../access/caller.ts';
import { CONTRACT_VERSION, Failure } from '../contract/index.ts';
import { createRateLimit } from '../runtime/rate-limit.ts';

/** What of a request, or of a socket's handshake, tells who is asking. */
export interface Credentials {
  method: string;
  headers: IncomingHttpHeaders;
}

export interface SessionCookies {
  set(response: Response, secret: string): void;
  clear(response: Response): void;
  /** The secret by which a browser is known again; it opens nothing. Kept whoever signs in or out. */
  findDevice(headers: IncomingHttpHeaders): string | undefined;
  setDevice(response: Response, device: string, maxAgeMs: number): void;
  /** The secret of a sign-in between its two steps. */
  findPending(headers: IncomingHttpHeaders): string | undefined;
  /** @param secret undefined: it is over. */
  setPending(response: Response, secret: string | undefined, maxAgeMs?: number): void;
  /** The secret a request carries: the session cookie, or a machine client's bearer token. */
  findSecret(headers: IncomingHttpHeaders): { secret: string; isCookie: boolean } | undefined;
}

/**
 * The session cookie: out of reach of scripts, never sent from another site.
 * Over TLS it bears the `__Host-` prefix, which binds it to this very host (RFC 6265bis section 4.1.3.2).
 */
export function createSessionCookies(isSecure: boolean): SessionCookies {
  const name = isSecure ? '__Host-huizhen' : 'huizhen';
  const deviceName = `${name}-device`;
  const pendingName = `${name}-pending`;
  const options = { httpOnly: true, sameSite: 'strict', secure: isSecure, path: '/' } as const;
  return {
    set: (response, secret) => {
      response.cookie(name, secret, options);
    },
    clear: (response) => {
      response.clearCookie(name, options);
    },
    findDevice: ({ cookie }) => findCookie(cookie, deviceName),
    setDevice: (response, device, maxAgeMs) => {
      response.cookie(deviceName, device, { ...options, maxAge: maxAgeMs });
    },
    findPending: ({ cookie }) => findCookie(cookie, pendingName),
    setPending(response, secret, maxAgeMs = 0) {
      if (secret === undefined) response.clearCookie(pendingName, options);
      else response.cookie(pendingName, secret, { ...options, maxAge: maxAgeMs });
    },
    findSecret(headers) {
      const bearer = /^Bearer ([\w-]{20,})$/.exec(headers.authorization ?? '')?.[1];
      if (bearer) return { secret: bearer, isCookie: false };
      const secret = findCookie(headers.cookie, name);
      return secret === undefined ? undefined : { secret, isCookie: true };
    },
  };
}

function findCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [key, value] = pair.trim().split('=');
    if (key === name && value) return value;
  }
  return undefined;
}

/** Where the browser has found this server. No page of another site can set these headers; a proxy that ends TLS does. */
export function ownOrigin({ host, ...headers }: IncomingHttpHeaders, isSecure: boolean): string {
  const isTls = isSecure || headers['x-forwarded-proto'] === 'https';
  return `${isTls ? 'https' : 'http'}://${host ?? ''}`;
}

/**
 * Whether a page of another site caused the request. SameSite=Strict already keeps the cookie at home;
 * this also stops sibling subdomains and browsers that do not know the attribute.
 */
function isCrossSite({ headers }: Credentials, isSecure: boolean): boolean {
  if (headers.origin !== undefined)
    return !URL.canParse(headers.origin) || new URL(headers.origin).origin !== ownOrigin(headers, isSecure);
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

/** `cache` alone: cookies remember the device, and the storage holds text that is not saved yet. */
export const DROP_CACHE = ['clear-site-data', '"cache"'] as const;

/** A viewer that fetches thousands of frames over a hospital's own network stays below; what runs wild does not. */
const REQUESTS_PER_PERSON = { burst: 12_000, perMinute: 12_000 };

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** @throws Failure version-mismatch where the client was built for another wire. */
export function checkContractVersion(version: unknown): void {
  if (version !== undefined && String(version) !== String(CONTRACT_VERSION))
    throw new Failure('version-mismatch', `this server speaks version ${CONTRACT_VERSION}`);
}

/** `set-up`: what also those may ask who must set up a second factor before anything else. */
export type RequestScope = 'all' | 'set-up';

/** Whose session a secret opens, as `server/accounts` knows it. */
export interface SessionKeeper {
  /** @throws Failure unauthenticated, forbidden / second-factor-required */
  authenticate(secret: string, kind: 'browser' | 'machine', scope: RequestScope): Promise<Caller>;
}

/**
 * Who is asking.
 * @throws Failure unauthenticated; rate-limited; forbidden/cross-site for a write, or a socket, that another site's page started.
 */
export function createAuthenticate(
  sessions: SessionKeeper,
  cookies: SessionCookies,
  isSecure: boolean,
): (credentials: Credentials, scope?: RequestScope) => Promise<Caller> {
  const perPerson = createRateLimit(REQUESTS_PER_PERSON);
  return async (credentials, scope = 'all') => {
    checkContractVersion(credentials.headers['x-contract-version']);
    const found = cookies.findSecret(credentials.headers);
    if (!found) throw new Failure('unauthenticated', 'nobody is signed in');
    const isSocket = credentials.headers.upgrade !== undefined;
    if (found.isCookie && (isSocket || !SAFE_METHODS.has(credentials.method)) && isCrossSite(credentials, isSecure)) {
      throw new Failure('forbidden', 'the request came from another site', { reason: 'cross-site' });
    }
    const caller = await sessions.authenticate(found.secret, found.isCookie ? 'browser' : 'machine', scope);
    perPerson.take(caller.accountId);
    return caller;
  };
}

/**
 * As {@link createAuthenticate}; a browser whose session has ended is told to drop the pictures it keeps, as at signing out:
 * the next person at that computer is another. Unsaved text is no part of the cache and waits for its author.
 */
export function createRequestAuthenticate(
  authenticate: (credentials: Credentials, scope?: RequestScope) => Promise<Caller>,
  cookies: SessionCookies,
): (request: Request, scope?: RequestScope) => Promise<Caller> {
  return async (request, scope) => {
    try {
      return await authenticate(request, scope);
    } catch (err) {
      const isOver = err instanceof Failure && err.code === 'unauthenticated';
      if (isOver && cookies.findSecret(request.headers)?.isCookie) request.res?.set(...DROP_CACHE);
      throw err;
    }
  };
}
