import { createHash } from 'node:crypto';
import { maySignIn } from '../access/may.ts';
import { recordAct } from '../audit/record.ts';
import { Failure, type SecurityKeyAssertion, type SecurityKeyRequest } from '../contract/index.ts';
import { createRateLimit } from '../runtime/rate-limit.ts';
import { maySignInAlone } from './factor-policy.ts';
import { type FactorParts, requireProof } from './factor-proof.ts';
import { type Origin, sourceOf } from './origin.ts';
import type { RelyingParty } from './relying-party.ts';
import { makeChallenge, requestAlone, requireParty } from './security-keys.ts';
import type { Account } from './store.ts';

/** A page that offers passkeys beside the field of the name waits with its challenge, and asks for another before this one ends. */
const WAITING_MS = 10 * 60_000;

export interface PasskeySignInParts extends FactorParts {
  clock: () => Date;
  /** Accounts that this server takes for none. */
  isBarred: (account: Account) => boolean;
}

/** Whence the answer comes; `device` is the browser's own secret. */
interface Place {
  origin: Origin & { device: string };
  party: RelyingParty | null;
  requestId: string;
}

/** Signing in with a passkey that stands for name and password. */
export interface PasskeySignIn {
  /** @throws Failure conflict / security-key-address, rate-limited */
  challenge(place: Place): Promise<SecurityKeyRequest>;
  /**
   * Whose key it is, once it has proven it. A lock of the password is no matter of it: nobody guesses a signature.
   * @throws Failure unauthenticated / passkey-unknown: there is no such key, or nobody who may sign in has it;
   * forbidden / passkey-not-alone where the policy asks its owner for the password as well; as `requireProof`.
   */
  open(assertion: SecurityKeyAssertion, place: Place): Promise<Account>;
}

export function createPasskeySignIn({ work, clock, isBarred }: PasskeySignInParts): PasskeySignIn {
  // Pages ask by themselves, and a whole hospital comes from one address.
  const perAddress = createRateLimit({ burst: 120, perMinute: 120, now: () => clock().getTime() });
  const answersPerAddress = createRateLimit({ burst: 40, perMinute: 40, now: () => clock().getTime() });

  return {
    async challenge({ origin, party }) {
      perAddress.take(sourceOf(origin.address));
      const at = clock();
      const here = requireParty(party);
      const made = makeChallenge('', 'alone', at, WAITING_MS);
      const challenge = { ...made, boundTo: boundTo(origin, made.challenge) };
      await work.write(async ({ secondFactors: { keys } }) => {
        await keys.deleteExpiredChallenges(at.toISOString());
        await keys.putChallenge(challenge);
      });
      return requestAlone(here, challenge);
    },

    async open(assertion, { origin, party, requestId }) {
      answersPerAddress.take(sourceOf(origin.address));
      const at = clock();
      const key = await work.read.secondFactors.keys.findByCredential(assertion.id);
      const account = key && (await work.read.accounts.find(key.accountId));
      const { browser } = origin;
      const refuse = (reason: 'passkey-unknown' | 'passkey-not-alone') =>
        work.write(({ audit }) =>
          recordAct(
            audit,
            { caller: null, requestId, at },
            {
              action: 'session:refuse-passkey',
              subjectKind: 'account',
              subjectId: account?.accountId ?? 'unknown',
              detail: { reason, ...(browser && { browser }) },
            },
          ),
        );
      // A closed account's key is answered as one that nobody has.
      if (!key || !account || !maySignIn(account, { isBarred })) {
        await refuse('passkey-unknown');
        throw new Failure('unauthenticated', 'no such passkey', { reason: 'passkey-unknown' });
      }
      const place = { party, boundTo: boundTo(origin, challengeOf(assertion)), purpose: 'alone' as const };
      const proof = { kind: 'security-key' as const, assertion };
      await requireProof({ work }, account, { proof, at, requestId, browser, place });
      await work.write(({ secondFactors }) => secondFactors.keys.noteDiscoverable(key.keyId));
      if (await maySignInAlone(work.read, account, at)) return account;
      await refuse('passkey-not-alone');
      throw new Failure('forbidden', 'the password is asked for as well', { reason: 'passkey-not-alone' });
    },
  };
}

/** Several windows of a browser wait at once, each for its own; another browser's answer opens none of them. */
function boundTo({ device }: { device: string }, challenge: string): string {
  return createHash('sha256').update(`${device}.${challenge}`).digest('hex').slice(0, 36);
}

/** What was signed says so itself; whether it was given to this browser is asked of the store. */
function challengeOf({ response }: SecurityKeyAssertion): string {
  try {
    const { challenge } = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString('utf8'));
    return typeof challenge === 'string' ? challenge : '';
  } catch {
    return '';
  }
}
