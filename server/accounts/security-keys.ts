import { randomBytes } from 'node:crypto';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import {
  Failure,
  type SecurityKeyAssertion,
  type SecurityKeyAttestation,
  type SecurityKeyCreation,
  type SecurityKeyRequest,
} from '../contract/index.ts';
import type { RelyingParty } from './relying-party.ts';
import type { ChallengePurpose, KeyChallenge, SecurityKey } from './security-key-store.ts';
import type { Account } from './store.ts';

/** Long enough to fetch a telephone and scan what the browser shows. */
const PROMPT_MS = 120_000;
/** A little longer, for the way of the answer. */
const CHALLENGE_MS = 150_000;
/** Twice the least of WebAuthn level 3 section 13.4.3. */
const CHALLENGE_BYTES = 32;
/** EdDSA, ES256, RS256: what section 5.4 of level 3 recommends, and all that authenticators in use have. */
const ALGORITHMS = [-8, -7, -257];
const NAME = '会诊 Huizhen';

export function makeChallenge(
  boundTo: string,
  purpose: ChallengePurpose,
  at: Date,
  lifeMs: number = CHALLENGE_MS,
): KeyChallenge {
  const challenge = randomBytes(CHALLENGE_BYTES).toString('base64url');
  return { challenge, boundTo, purpose, expiresAt: new Date(at.getTime() + lifeMs).toISOString() };
}

/** An account's ID is random and says nothing about its owner (section 14.6.1). */
const userHandleOf = ({ accountId }: Pick<Account, 'accountId'>): string =>
  Buffer.from(accountId, 'utf8').toString('base64url');

const describe = ({ credentialId, transports }: SecurityKey) => ({
  id: credentialId,
  type: 'public-key' as const,
  transports,
});

export function creationOf(
  account: Account,
  { rpId }: RelyingParty,
  { challenge }: KeyChallenge,
  present: readonly SecurityKey[],
): SecurityKeyCreation {
  return {
    rp: { id: rpId, name: NAME },
    user: { id: userHandleOf(account), name: account.login, displayName: account.name },
    challenge,
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: PROMPT_MS,
    excludeCredentials: present.filter((key) => key.rpId === rpId).map(describe),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    extensions: { credProps: true },
    attestation: 'none',
  };
}

export function requestOf(
  { rpId }: RelyingParty,
  { challenge }: KeyChallenge,
  keys: readonly SecurityKey[],
): SecurityKeyRequest {
  const allowCredentials = keys.filter((key) => key.rpId === rpId).map(describe);
  return { rpId, challenge, timeout: PROMPT_MS, allowCredentials, userVerification: 'preferred' };
}

/** Of any key that finds its account by itself. Who is there has to be verified, since no password was typed. */
export function requestAlone({ rpId }: RelyingParty, { challenge }: KeyChallenge): SecurityKeyRequest {
  return { rpId, challenge, timeout: PROMPT_MS, allowCredentials: [], userVerification: 'required' };
}

/** What an authenticator says of a credential that it has made. */
export type MadeKey = Pick<
  SecurityKey,
  'credentialId' | 'publicKey' | 'counter' | 'transports' | 'rpId' | 'isDiscoverable'
>;

/**
 * Checks a new credential by WebAuthn level 3 section 7.1. Who made the authenticator is not asked, so nothing of its certificates is read.
 * @throws Failure forbidden / security-key-wrong
 */
export async function readAttestation(
  attestation: SecurityKeyAttestation,
  { rpId, origin }: RelyingParty,
  challenge: string,
): Promise<MadeKey> {
  const { response } = attestation;
  try {
    const made = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject));
    if (made.get('fmt') !== 'none' && made.get('attStmt').get('x5c') !== undefined)
      throw new Error('certificates were not asked for');
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        ...attestation,
        clientExtensionResults: {},
        response: { ...response, transports: response.transports ?? [] },
      },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified) throw new Error('the attestation is not valid');
    const { id, publicKey, counter } = registrationInfo.credential;
    const transports = response.transports ?? [];
    return {
      credentialId: id,
      publicKey: isoBase64URL.fromBuffer(publicKey),
      counter,
      transports,
      rpId,
      isDiscoverable: attestation.clientExtensionResults.credProps?.rk ?? null,
    };
  } catch (cause) {
    throw wrongKey('attestation', cause);
  }
}

/**
 * Checks by WebAuthn level 3 section 7.2 that this account's key was used for this challenge, and here. Whether its counter has risen is the store's to say.
 * @param isAlone nothing else tells who is there: the key has to name its account, and to have verified its owner by PIN or body (section 7.2, step 17).
 * @returns the key, and the counter that it told.
 * @throws Failure forbidden / security-key-wrong
 */
export async function readAssertion(
  assertion: SecurityKeyAssertion,
  account: Pick<Account, 'accountId'>,
  keys: readonly SecurityKey[],
  { rpId, origin }: RelyingParty,
  challenge: string,
  isAlone: boolean,
): Promise<{ keyId: string; counter: number }> {
  const { userHandle, ...response } = assertion.response;
  try {
    const key = keys.find((one) => one.credentialId === assertion.id && one.rpId === rpId);
    if (!key) throw new Error('no such key of the account');
    if (isAlone && !userHandle) throw new Error('names no account');
    if (userHandle && userHandle !== userHandleOf(account)) throw new Error('made for another account');
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...assertion, response },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: isAlone,
      // 0: the package compares no counters then. The store does, so that of two at once one wins.
      credential: { id: key.credentialId, publicKey: isoBase64URL.toBuffer(key.publicKey), counter: 0 },
    });
    if (!verified) throw new Error('the signature is wrong');
    return { keyId: key.keyId, counter: authenticationInfo.newCounter };
  } catch (cause) {
    throw wrongKey('proof.assertion', cause);
  }
}

export function wrongKey(field: string, cause?: unknown): Failure {
  return new Failure('forbidden', 'the security key did not answer rightly', {
    reason: 'security-key-wrong',
    fields: [field],
    cause,
  });
}

/** The challenge that was given for this, if it is still good. @throws Failure forbidden / security-key-wrong */
export function requireOpen(challenge: KeyChallenge | undefined, at: Date, field: string): string {
  if (!challenge || at.toISOString() >= challenge.expiresAt) throw wrongKey(field);
  return challenge.challenge;
}

/** @throws Failure conflict / security-key-address */
export function requireParty(party: RelyingParty | null): RelyingParty {
  if (!party)
    throw new Failure('conflict', 'browsers use security keys at names alone, over TLS or on the machine itself', {
      reason: 'security-key-address',
    });
  return party;
}
