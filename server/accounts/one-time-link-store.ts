import type { OneTimeLinkKind } from '../contract/index.ts';

/** Lets whoever holds its secret do one thing once. The secret itself is with them; here is its SHA-256. */
export interface OneTimeLink {
  linkId: string;
  kind: OneTimeLinkKind;
  secretHash: string;
  /** Whose password it sets; null where it founds the network. */
  accountId: string | null;
  /** Null: whoever runs the machine, or not known. */
  madeBy: string | null;
  createdAt: string;
  expiresAt: string;
  /** When it was used, or a later one took its place. */
  usedAt: string | null;
}

export interface OneTimeLinkStore {
  insert(link: OneTimeLink): Promise<void>;
  findByHash(secretHash: string): Promise<OneTimeLink | undefined>;
  /** Not used and not expired, latest first. `accountIds` null: those that found the network. */
  listOpen(accountIds: readonly string[] | null, at: string): Promise<OneTimeLink[]>;
  /** @returns whether it had not been used: of two at once one wins. */
  use(linkId: string, at: string): Promise<boolean>;
  /** Those that are open are good no more. */
  withdraw(accountId: string | null, at: string): Promise<void>;
}
