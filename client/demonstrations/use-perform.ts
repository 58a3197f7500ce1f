import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import type { DemonstrationDraft, DemonstrationView } from '../../server/contract/demonstration.ts';
import type { Failure } from '../../server/contract/failure.ts';
import { toFailure } from '../api/failures.ts';
import { actOnSaved } from '../drafts/act-on-saved.ts';
import type { Autosave } from '../drafts/autosave.ts';
import { failureText } from '../i18n/failure-text.ts';
import { demonstrationQuery, keepDemonstration } from './queries.ts';

export interface Perform {
  /** @returns the failure; what the server has meanwhile is shown then. */
  (work: (version: number) => Promise<DemonstrationView>): Promise<Failure | undefined>;
  /** As the call itself, and a failure is told in passing. */
  orTell(work: (version: number) => Promise<DemonstrationView>): Promise<void>;
}

/** Each act first saves what is typed, and is made on what the server then has. */
export function usePerform(demonstrationId: string, autosave: Autosave<DemonstrationDraft>): Perform {
  const client = useQueryClient();
  const { message } = App.useApp();
  const perform = async (work: (version: number) => Promise<DemonstrationView>): Promise<Failure | undefined> => {
    try {
      keepDemonstration(client, await actOnSaved(autosave, work));
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
