import type { Role } from '../contract/index.ts';

/** One practitioner or officer; one account each, bound to a facility and a role there. */
export interface Account {
  accountId: string;
  /** What they type to sign in. */
  login: string;
  name: string;
  title: string;
  role: Role;
  specialty: string | null;
  facilityId: string;
  isActive: boolean;
  /** argon2id, PHC string. */
  passwordHash: string;
}

/** A signed-in browser or machine client. The secret itself is with the client; here is its SHA-256. */
export interface Session {
  sessionId: string;
  accountId: string;
  kind: 'browser' | 'machine';
  secretHash: string;
  openedAt: string;
  usedAt: string;
  expiresAt: string;
}

/** An Ed25519 private key, encrypted under its owner's password; see `signing.ts`. */
export interface SigningKey {
  keyId: string;
  accountId: string;
  algorithm: 'Ed25519';
  /** SPKI, DER, base64. */
  publicKey: string;
  /** PKCS #8 in AES-256-GCM under a key derived by argon2id, base64 of salt ‖ nonce ‖ tag ‖ ciphertext. */
  sealedPrivateKey: string;
  createdAt: string;
}

/** Encrypts what the person's browsers keep of unsaved text; only the person's own sessions are told it. */
export interface DraftKey {
  accountId: string;
  /** 256 random bits for AES-256-GCM, base64url. */
  draftKey: string;
}

export interface AccountStore {
  /** Active ones with a role, wherever they are. */
  listByRole(role: Role): Promise<Account[]>;
  /** All of a facility go to another one, but those with this role. */
  moveToFacility(fromFacilityId: string, toFacilityId: string, but: Role): Promise<void>;
  insert(account: Account): Promise<void>;
  count(): Promise<number>;
  find(accountId: string): Promise<Account | undefined>;
  findMany(accountIds: string[]): Promise<Account[]>;
  findByLogin(login: string): Promise<Account | undefined>;
  findByLogins(logins: string[]): Promise<Account[]>;
  /** Active accounts of a facility, in the given roles. */
  listByFacility(facilityId: string, roles: Role[]): Promise<Account[]>;

  insertSession(session: Session): Promise<void>;
  findSession(by: { secretHash: string } | { sessionId: string }): Promise<Session | undefined>;
  findSessions(sessionIds: string[]): Promise<Session[]>;
  /** @throws where there is none: the caller's own session always is. */
  getSession(sessionId: string): Promise<Session>;
  touchSession(sessionId: string, usedAt: string): Promise<void>;
  deleteSession(sessionId: string): Promise<void>;
  /** @returns the ids of the sessions that ended. */
  deleteSessions(accountId: string): Promise<string[]>;
  deleteExpiredSessions(now: string, idleSince: string): Promise<void>;

  insertSigningKey(key: SigningKey): Promise<void>;
  findSigningKey(accountId: string): Promise<SigningKey | undefined>;

  /** Keeps the key unless the account has one already: of two servers at once the first wins. */
  keepDraftKey(key: DraftKey): Promise<void>;
  findDraftKey(accountId: string): Promise<string | undefined>;
}
