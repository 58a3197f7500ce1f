import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import type { DemonstrationDraft, DemonstrationView } from '../../server/contract/demonstration.ts';
import { Failure } from '../../server/contract/failure.ts';
import { toFailure } from '../api/failures.ts';
import type { Autosave } from '../drafts/autosave.ts';
import type { SaveState } from '../drafts/save-state.ts';
import { failureText } from '../i18n/failure-text.ts';
import { demonstrationQuery, keepDemonstration } from './queries.ts';

export interface Perform {
  /** @returns the failure; what the server has meanwhile is shown then. */
  (work: (version: number) => Promise<DemonstrationView>): Promise<Failure | undefined>;
  /** As the call itself, and a failure is told in passing. */
  orTell(work: (version: number) => Promise<DemonstrationView>): Promise<void>;
}

/** Why what is typed is not with the server. */
function failureOf(state: SaveState<DemonstrationDraft>): Failure {
  if (state.kind === 'refused' || state.kind === 'retrying') return state.failure;
  return new Failure('conflict', 'what is typed is not saved', { reason: 'version-outdated' });
}

/** Each act first saves what is typed, and is made on what the server then has. */
export function usePerform(demonstrationId: string, autosave: Autosave<DemonstrationDraft>): Perform {
  const client = useQueryClient();
  const { message } = App.useApp();
  const perform = async (work: (version: number) => Promise<DemonstrationView>): Promise<Failure | undefined> => {
    // What stands on the page, or nothing at all: nobody signs for an older plan.
    if (!(await autosave.flush())) return failureOf(autosave.snapshot.state);
    try {
      keepDemonstration(client, await work(autosave.snapshot.version));
      return undefined;
    } catch (thrown) {
      void client.invalidateQueries({ queryKey: demonstrationQuery(demonstrationId).queryKey });
      return toFailure(thrown);
    }
  };
  return Object.assign(perform, {
    async orTell(work: (version: number) => Promise<DemonstrationView>) {
      const failure = await perform(work);
      if (failure) void message.error(failureText(failure));
    },
  });
}
