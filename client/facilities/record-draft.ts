import { Failure } from '../../server/contract/failure.ts';
import { Autosave } from '../drafts/autosave.ts';
import { keepsNothing } from '../drafts/local-copy.ts';
import type { Saved } from '../drafts/save-state.ts';
import { wait } from '../uploads/wait.ts';

export interface RecordParts<T> {
  initial: Saved<T>;
  /** What is wrong with it: it is not sent before that is mended. */
  problems: (value: T) => string[];
  save: (value: T, version: number) => Promise<Saved<T>>;
  read: () => Promise<Saved<T>>;
}

/**
 * What is typed of a facility, an agreement or an alliance: saved as it is typed, merged with what others save meanwhile. Nothing of it
 * stays in the browser; a page that is left before all is saved asks.
 */
export async function createRecordDraft<T>({ initial, problems, save, read }: RecordParts<T>): Promise<Autosave<T>> {
  return new Autosave<T>({
    initial,
    async save(value, version) {
      const fields = problems(value);
      if (fields.length > 0) throw new Failure('invalid-message', 'not complete yet', { fields });
      return save(value, version);
    },
    read,
    local: keepsNothing,
    wait,
  });
}
