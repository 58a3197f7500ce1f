import { randomBytes } from 'node:crypto';
import type { Work } from '../store/stores.ts';

/** The account's key for unsaved text, made when it is first asked for. 32 bytes, base64url. */
export async function getDraftKey(work: Work<'accounts'>, accountId: string): Promise<string> {
  const known = await work.read.accounts.findDraftKey(accountId);
  if (known !== undefined) return known;
  return work.write(async ({ accounts }) => {
    await accounts.keepDraftKey({ accountId, draftKey: randomBytes(32).toString('base64url') });
    const kept = await accounts.findDraftKey(accountId);
    if (kept === undefined) throw new Error('a draft key was kept and is not there');
    return kept;
  });
}
