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

/** Where to: out, here or everywhere, or into another of one's appointments. */
export type Leaving = { kind: 'out'; everywhere: boolean } | { kind: 'switch'; appointmentId: string };

export type LeavingState =
  | { kind: 'idle' }
  | { kind: 'saving' }
  /** The server does not have these, and leaving would lose them. */
  | { kind: 'asking'; unsaved: UnsavedText[]; onlyHere: number; leaving: Leaving };

async function goOn(leaving: Leaving): Promise<void> {
  if (leaving.kind === 'switch') {
    await call('session:switch', { body: { appointmentId: leaving.appointmentId } });
    interrupt({ kind: 'appointment-left' });
    return;
  }
  await call(leaving.everywhere ? 'session:close-all' : 'session:close');
  interrupt({ kind: 'session-ended', reason: 'signed-out' });
}

/** Signing out, or going on in another appointment, saves first what is typed, in all windows; what cannot be saved is the person's to decide about. */
export function useLeaving() {
  const safe = useTextSafe();
  const { message } = App.useApp();
  const [state, setState] = useState<LeavingState>({ kind: 'idle' });
  const go = useMutation({
    mutationFn: goOn,
    onError: (error) => {
      setState({ kind: 'idle' });
      message.error(failureText(toFailure(error)));
    },
  });

  return {
    state,
    async leave(leaving: Leaving): Promise<void> {
      setState({ kind: 'saving' });
      const { unsaved, onlyHere } = await saveEverywhere(safe);
      if (unsaved.length > 0 || onlyHere > 0) setState({ kind: 'asking', unsaved, onlyHere, leaving });
      // A failure has been told.
      else await go.mutateAsync(leaving).catch(() => undefined);
    },
    stay: () => setState({ kind: 'idle' }),
    async discard(leaving: Leaving): Promise<void> {
      await go.mutateAsync(leaving).then(
        // Nothing is open any more that would write it again.
        () => forgetUnsavedTexts(safe),
        () => undefined,
      );
    },
  };
}
