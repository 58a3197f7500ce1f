import type { LicenceFilter, PeopleSort, PersonState, Role } from '../contract/index.ts';
import type { AppointmentPeriod } from './appointment.ts';
import type { AppointmentStore } from './appointment-store.ts';

/** One practitioner or officer; one account each. Facility, role and what else belongs to a place are those of the main appointment. */
export interface Account extends AppointmentPeriod {
  accountId: string;
  /** What they type to sign in. */
  login: string;
  name: string;
  title: string;
  role: Role;
  specialty: string | null;
  facilityId: string;
  department: string | null;
  /** In which the person acted last; null: they never did. */
  lastAppointmentId: string | null;
  isActive: boolean;
  /** argon2id, PHC string; null: no password has been chosen yet, or there is to be none any more. */
  passwordHash: string | null;
  /** Rises with every change of what an administrator edits. */
  revision: number;
  /** Last, however it was. */
  signedInAt: string | null;
  disabledAt: string | null;
  disabledReason: string | null;
  /** Of the demo network: anybody may read its password, wherever the account is moved to. */
  isDemo: boolean;
}

/** What nobody needs to say of a new account. */
type Unsaid = 'isDemo' | 'department' | keyof AppointmentPeriod;
export type NewAccount = Omit<
  Account,
  'revision' | 'signedInAt' | 'disabledAt' | 'disabledReason' | 'lastAppointmentId' | Unsaid
> &
  Partial<Pick<Account, Unsaid>>;

/** What an administrator edits. */
export type AccountData = Pick<Account, 'name' | 'title' | 'role' | 'specialty' | 'facilityId'>;

/** Which accounts an administrator sees: whoever has an appointment, of any time, at these facilities. */
export interface AccountFilter {
  facilityIds: 'all' | readonly string[];
  search?: string | undefined;
  role?: Role | undefined;
  facilityId?: string | undefined;
  state?: PersonState | undefined;
  /** On that day, and who runs out by then; of accounts whose main appointment is at these facilities alone. */
  licence?: { is: LicenceFilter; today: string; soon: string } | undefined;
}

export interface AccountPage extends AccountFilter {
  sort: PeopleSort;
  order: 'ascending' | 'descending';
  /** From 1. */
  page: number;
  limit: number;
}

/** A signed-in browser or machine client. The secret itself is with the client; here is its SHA-256. */
export interface Session {
  sessionId: string;
  accountId: string;
  /** In which the person acts in it. */
  appointmentId: string;
  kind: 'browser' | 'machine';
  secretHash: string;
  openedAt: string;
  usedAt: string;
  expiresAt: string;
  /** What of its origin its owner is shown, see `origin.ts`; null: not known. */
  browser: string | null;
  addressRange: string | null;
  /** When the second factor was shown in it last; null: never. */
  factorAt: string | null;
  /** The call that it was let into last; null: none yet. */
  callId: string | null;
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

/** The public half of a key that its owner's password opens no more, so that what it signed can still be checked. */
export interface FormerSigningKey {
  keyId: string;
  accountId: string;
  algorithm: 'Ed25519';
  publicKey: string;
  createdAt: string;
  retiredAt: string;
}

/** Encrypts what the person's browsers keep of unsaved text; only the person's own sessions are told it. */
export interface DraftKey {
  accountId: string;
  /** 256 random bits for AES-256-GCM, base64url. */
  draftKey: string;
}

export interface AccountStore extends AppointmentStore {
  insert(account: NewAccount): Promise<void>;
  count(): Promise<number>;
  /** All accounts in these roles by their main appointment, disabled ones too. */
  listAllByRole(role: Role): Promise<Account[]>;
  /** Of those who pass the filter, one page in this order, and how many there are. */
  listPage(page: AccountPage): Promise<{ accounts: Account[]; total: number }>;
  /** Of all who pass the filter, in order: to be read some at a time, whoever comes or goes meanwhile. */
  listLogins(filter: AccountFilter): Promise<string[]>;
  /** @returns whether the account was still at that revision. */
  edit(accountId: string, revision: number, data: AccountData): Promise<boolean>;
  setPassword(accountId: string, passwordHash: string | null): Promise<void>;
  setActive(accountId: string, standing: Pick<Account, 'isActive' | 'disabledAt' | 'disabledReason'>): Promise<void>;
  noteSignIn(accountId: string, at: string): Promise<void>;
  /** In which the person acts from now on, and begins the next time. */
  noteAppointment(accountId: string, appointmentId: string): Promise<void>;
  find(accountId: string): Promise<Account | undefined>;
  findMany(accountIds: string[]): Promise<Account[]>;
  findByLogin(login: string): Promise<Account | undefined>;
  findByLogins(logins: string[]): Promise<Account[]>;

  insertSession(session: Session): Promise<void>;
  findSession(by: { secretHash: string } | { sessionId: string }): Promise<Session | undefined>;
  findSessions(sessionIds: string[]): Promise<Session[]>;
  /** @throws where there is none: the caller's own session always is. */
  getSession(sessionId: string): Promise<Session>;
  touchSession(sessionId: string, usedAt: string): Promise<void>;
  /** It was let into this call. Whoever acts without a session is left out. */
  noteCall(sessionId: string, callId: string): Promise<void>;
  /** The second factor was shown in it. */
  noteFactor(sessionId: string, factorAt: string): Promise<void>;
  deleteSession(sessionId: string): Promise<void>;
  listSessions(accountId: string): Promise<Session[]>;
  /** Sign-ins that wait for their second step end as well. @param exceptId the one that stays. @returns the ids of the sessions that ended. */
  deleteSessions(accountId: string, exceptId?: string): Promise<string[]>;
  deleteExpiredSessions(now: string, idleSince: string): Promise<void>;

  insertSigningKey(key: SigningKey): Promise<void>;
  findSigningKey(accountId: string): Promise<SigningKey | undefined>;
  /** Seals the same key under another password. */
  resealSigningKey(keyId: string, sealedPrivateKey: string): Promise<void>;
  /** Forgets the private half for good; the public one stays known as the person's. */
  retireSigningKey(accountId: string, retiredAt: string): Promise<void>;
  /** Every key that ever was the person's, the present one too. SPKI, DER, base64. */
  listPublicKeys(accountId: string): Promise<string[]>;

  /** Keeps the key unless the account has one already: of two servers at once the first wins. */
  keepDraftKey(key: DraftKey): Promise<void>;
  findDraftKey(accountId: string): Promise<string | undefined>;
}
