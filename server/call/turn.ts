import { createHmac } from 'node:crypto';
import type { IceServer } from '../contract/index.ts';

/** The relays that a browser may go through where it cannot reach the sfu itself, and the secret shared with them. */
export interface TurnConfig {
  /** `turn:` and `turns:` addresses (RFC 7065), e.g. `turns:turn.example.org:443?transport=tcp`. */
  urls: readonly string[];
  secret: string;
}

/** Longer than any ticket is good for, so that whoever holds a good one holds good credentials. */
const CREDENTIALS_MS = 10 * 60_000;
const PSEUDONYM_LENGTH = 22;

/**
 * The relays with credentials for a short time, as coturn's `use-auth-secret` takes them: user `<end, seconds since 1970>:<id>`, password
 * base64(HMAC-SHA-1(secret, user)) (draft-uberti-behave-turn-rest-00, section 2.2). The relay's log learns a pseudonym, no account.
 * @returns nothing where no relay is configured
 */
export function issueIceServers(turn: TurnConfig | undefined, accountId: string, at: Date): IceServer[] {
  if (!turn) return [];
  const pseudonym = createHmac('sha256', turn.secret).update(accountId).digest('base64url').slice(0, PSEUDONYM_LENGTH);
  const username = `${Math.floor((at.getTime() + CREDENTIALS_MS) / 1000)}:${pseudonym}`;
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64');
  return [{ urls: [...turn.urls], username, credential }];
}
