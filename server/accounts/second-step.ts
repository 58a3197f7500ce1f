import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { maySignIn } from '../access/may.ts';
import { type FactorProof, Failure, type PendingSignInView, type SecurityKeyRequest } from '../contract/index.ts';
import {
  challengeKeys,
  type FactorParts,
  type KeyPlace,
  listFactorKinds,
  type Proven,
  requireProof,
} from './factor-proof.ts';
import type { Origin } from './origin.ts';
import type { RelyingParty } from './relying-party.ts';
import type { PendingSignIn } from './second-factor-store.ts';
import type { Account } from './store.ts';

/** Long enough to find the telephone, too short to leave for somebody else. */
export const PENDING_MS = 5 * 60_000;

export interface SecondStepParts extends FactorParts {
  clock: () => Date;
  /** Accounts that this server takes for none. */
  isBarred: (account: Account) => boolean;
}

/** Between the right password and the second factor there is no session. */
export interface SecondStep {
  /** @returns the secret for the browser, which is not kept here. */
  begin(account: Account): Promise<string>;
  /** @throws Failure unauthenticated / sign-in-expired */
  read(secret: string | undefined, party: RelyingParty | null): Promise<PendingSignInView>;
  /** What a security key is to answer. @throws Failure as {@link read} and as `challengeKeys` */
  challenge(secret: string | undefined, party: RelyingParty | null): Promise<SecurityKeyRequest>;
  /** @throws Failure as {@link read} and as `requireProof` */
  confirm(
    secret: string | undefined,
    proof: FactorProof,
    from: { origin: Origin; party: RelyingParty | null; requestId: string },
  ): Promise<{ account: Account; proven: Proven }>;
}

const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export function createSecondStep(parts: SecondStepParts): SecondStep {
  const { work, clock } = parts;
  return {
    async begin({ accountId }) {
      const secret = randomBytes(32).toString('base64url');
      const now = clock();
      await work.write(async ({ secondFactors }) => {
        await secondFactors.deleteExpiredPending(now.toISOString());
        await secondFactors.insertPending({
          pendingId: randomUUID(),
          accountId,
          secretHash: hashSecret(secret),
          expiresAt: new Date(now.getTime() + PENDING_MS).toISOString(),
        });
      });
      return secret;
    },

    async read(secret, party) {
      const { pending } = await getPending(parts, secret);
      return { kinds: await listFactorKinds(work.read, pending.accountId, party), expiresAt: pending.expiresAt };
    },

    async challenge(secret, party) {
      const { pending } = await getPending(parts, secret);
      return challengeKeys(parts, pending.accountId, placeOf(pending, party), clock());
    },

    async confirm(secret, proof, { origin, party, requestId }) {
      const { pending, account } = await getPending(parts, secret);
      const { browser } = origin;
      const request = { proof, at: clock(), requestId, browser, place: placeOf(pending, party) };
      const proven = await requireProof(parts, account, request);
      // Of two at once with a proof each, one is let in; so is nobody whose password was changed meanwhile.
      if (!(await work.write(({ secondFactors }) => secondFactors.deletePending(pending.pendingId)))) throw expired();
      return { account, proven };
    },
  };
}

const placeOf = ({ pendingId }: PendingSignIn, party: RelyingParty | null): KeyPlace => ({
  party,
  boundTo: pendingId,
  purpose: 'sign-in',
});

async function getPending(
  { work, clock, isBarred }: SecondStepParts,
  secret: string | undefined,
): Promise<{ pending: PendingSignIn; account: Account }> {
  const pending = secret === undefined ? undefined : await work.read.secondFactors.findPending(hashSecret(secret));
  if (!pending || clock().toISOString() >= pending.expiresAt) throw expired();
  const account = await work.read.accounts.find(pending.accountId);
  if (!account || !maySignIn(account, { isBarred })) throw expired();
  return { pending, account };
}

function expired(): Failure {
  return new Failure('unauthenticated', 'the first step is over', { reason: 'sign-in-expired' });
}
