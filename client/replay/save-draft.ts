import type { ReplayDraft, ReplaySaveInput, ReplayView } from '../../server/contract/recording.ts';
import { toFailure } from '../api/failures.ts';

export interface DraftCalls {
  save(body: ReplaySaveInput): Promise<ReplayView>;
  read(): Promise<ReplayView>;
}

const draftOf = ({ cutParts, maskedParts, leftOutQuestions, chapters }: ReplayDraft): string =>
  JSON.stringify([cutParts, maskedParts, leftOutQuestions, chapters]);

/**
 * Saves what was made of a replay as it was read. Where the demonstration has changed in another way since, as by a picture that somebody took off, it is
 * saved all the same.
 * @throws Failure conflict / version-outdated where somebody else has saved meanwhile
 */
export async function saveDraft({ save, read }: DraftCalls, base: ReplayView, draft: ReplayDraft): Promise<ReplayView> {
  try {
    return await save({ ...draft, version: base.version });
  } catch (thrown) {
    if (toFailure(thrown).reason !== 'version-outdated') throw thrown;
    const now = await read();
    if (draftOf(now) !== draftOf(base)) throw thrown;
    return await save({ ...draft, version: now.version });
  }
}
