import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { interrupt } from '../../api/interruptions.ts';
import { saveEverywhere } from '../../drafts/save-everywhere.ts';
import { forgetUnsavedTexts, type UnsavedText } from '../../drafts/unsaved-texts.ts';
import { useTextSafe } from '../../drafts/use-draft.ts';
import { failureText } from '../../i18n/failure-text.ts';

export type SignOutState =
  | { kind: 'idle' }
  | { kind: 'saving' }
  /** The server does not have these, and signing out would lose them. */
  | { kind: 'asking'; unsaved: UnsavedText[]; onlyHere: number; everywhere: boolean };

/** Signing out saves first what is typed, in all windows; what cannot be saved is the person's to decide about. */
export function useSignOut() {
  const safe = useTextSafe();
  const { message } = App.useApp();
  const [state, setState] = useState<SignOutState>({ kind: 'idle' });
  const close = useMutation({
    mutationFn: (everywhere: boolean) => call(everywhere ? 'session:close-all' : 'session:close'),
    onError: (error) => {
      setState({ kind: 'idle' });
      message.error(failureText(toFailure(error)));
    },
  });

  async function leave(everywhere: boolean, forget: boolean): Promise<void> {
    await close.mutateAsync(everywhere);
    interrupt({ kind: 'session-ended', reason: 'signed-out' });
    // Nothing is open any more that would write it again.
    if (forget) forgetUnsavedTexts(safe);
  }

  return {
    state,
    async signOut(everywhere: boolean): Promise<void> {
      setState({ kind: 'saving' });
      const { unsaved, onlyHere } = await saveEverywhere(safe);
      if (unsaved.length > 0 || onlyHere > 0) setState({ kind: 'asking', unsaved, onlyHere, everywhere });
      // A failure has been told.
      else await leave(everywhere, false).catch(() => undefined);
    },
    stay: () => setState({ kind: 'idle' }),
    discard: (everywhere: boolean) => leave(everywhere, true).catch(() => undefined),
  };
}
