/** A WebAuthn credential that stands beside a password: on a stick, in a telephone, or in the computer itself. */
export interface SecurityKey {
  keyId: string;
  accountId: string;
  /** Its owner's name for it. */
  name: string;
  /** As the authenticator chose it, base64url. */
  credentialId: string;
  /** COSE (RFC 9052 section 7), base64url. */
  publicKey: string;
  /** The host that it was made for: its browser hands it out to no other. */
  rpId: string;
  /** Of the last assertion that was accepted; authenticators that do not count always say 0. */
  counter: number;
  /** How a browser reaches it, in WebAuthn's own words. */
  transports: string[];
  addedAt: string;
  /** Null: not since it was added. */
  usedAt: string | null;
  /** Whether it finds its account without a name being typed (WebAuthn level 3 section 4, "discoverable"); null: its browser did not say. */
  isDiscoverable: boolean | null;
}

/** What a challenge is good for, and nothing else. */
export type ChallengePurpose = 'sign-in' | 'alone' | 'add' | 'proof' | 'change';

/** What an authenticator has to sign, once, within a short time. */
export interface KeyChallenge {
  /** 32 random bytes, base64url. */
  challenge: string;
  /** The session, the sign-in between its two steps, or the browser before anybody signs in, that asked for it. */
  boundTo: string;
  purpose: ChallengePurpose;
  expiresAt: string;
}

export interface SecurityKeyStore {
  /** @returns false where the credential is registered already, whoever's it is. */
  insert(key: SecurityKey): Promise<boolean>;
  /** The first that was added first. */
  list(accountId: string): Promise<SecurityKey[]>;
  /** Whoever's it is. */
  findByCredential(credentialId: string): Promise<SecurityKey | undefined>;
  /** It has found its account by itself. */
  noteDiscoverable(keyId: string): Promise<void>;
  /** @returns whether it was there, and the account's. */
  remove(accountId: string, keyId: string): Promise<boolean>;
  /** @returns whether the counter has risen since, or was 0 and stays so: of two requests at once one wins. */
  takeCounter(keyId: string, counter: number, usedAt: string): Promise<boolean>;

  /** In the place of the one before it that was bound alike. */
  putChallenge(challenge: KeyChallenge): Promise<void>;
  /** It is gone afterwards, whatever comes of it: of two requests at once one gets it. */
  takeChallenge(boundTo: string, purpose: ChallengePurpose): Promise<KeyChallenge | undefined>;
  deleteExpiredChallenges(now: string): Promise<void>;
}
