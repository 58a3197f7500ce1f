import type { Request } from 'express';
import { Failure } from '../contract/index.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { findPolicy } from '../policies/policy.ts';
import { createRateLimit } from '../runtime/rate-limit.ts';
import { foundNetwork } from './founding.ts';
import { getOpenLink } from './one-time-link.ts';
import { browserOf, sourceOf } from './origin.ts';
import { setPassword } from './own-password.ts';
import type { PeopleParts } from './people.ts';

/** A ward that is being set up opens many links from one address; whoever guesses gets nowhere with so few. */
const PER_ADDRESS = { burst: 30, perMinute: 30 };

export interface OneTimeLinkParts extends PeopleParts {
  clock: () => Date;
  /** Whose session the browser has, if any. */
  findSignedIn(request: Request): Promise<string | undefined>;
  /** The network is founded: what told of the link can be thrown away. */
  onFounded(): Promise<void>;
}

/** What whoever holds a one-time link may do. They are nobody yet: the secret in the body is all that tells them. */
export function oneTimeLinkRoutes(
  parts: OneTimeLinkParts,
): Pick<RouteHandlers, 'one-time-link:read' | 'network:found' | 'password:set'> {
  const { work, clock, onFounded } = parts;
  const perAddress = createRateLimit({ ...PER_ADDRESS, now: () => clock().getTime() });
  const count = (request: Request) => perAddress.take(sourceOf(request.ip ?? ''));
  /** Whoever made a link does not use it: not in the browser in which they are signed in. */
  async function requireAnother(request: Request, madeBy: string | null): Promise<void> {
    if (madeBy !== null && (await parts.findSignedIn(request)) === madeBy)
      throw new Failure('conflict', 'whoever made the link does not use it', { reason: 'link-own' });
  }
  return {
    async 'one-time-link:read'({ body, request }) {
      count(request);
      const { kind, expiresAt, accountId, madeBy } = await getOpenLink(work.read, body.secret, clock());
      await requireAnother(request, madeBy);
      const account = accountId === null ? undefined : await work.read.accounts.find(accountId);
      const facility = account && (await work.read.facilities.find(account.facilityId));
      return {
        kind,
        expiresAt,
        minPasswordLength: (await findPolicy(work.read, 'passwords')).value.minLength,
        person: account ? { login: account.login, name: account.name, facilityName: facility?.name ?? '' } : null,
      };
    },

    async 'network:found'({ body, request, requestId }) {
      count(request);
      const founded = await foundNetwork(work, body, requestId, clock());
      await onFounded();
      return founded;
    },

    async 'password:set'({ body, request, requestId }) {
      count(request);
      const { madeBy } = await getOpenLink(work.read, body.secret, clock());
      await requireAnother(request, madeBy);
      return setPassword(parts, body, { requestId, at: clock(), browser: browserOf(request.headers['user-agent']) });
    },
  };
}
