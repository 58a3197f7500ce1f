import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { DemonstrationView } from '../../server/contract/demonstration.ts';
import type { DemonstrationLive } from '../../server/contract/demonstration-live.ts';
import { reportFault } from '../api/failures.ts';
import { useLink, useNotice } from '../api/link-context.tsx';
import { demonstrationQuery } from '../demonstrations/queries.ts';

/** Notes this window as present in a demonstration, from now until it is left; after each lost line anew. */
export function usePresence(demonstrationId: string, isOpen: boolean): void {
  const link = useLink();
  const client = useQueryClient();
  useEffect(() => {
    if (!isOpen) return undefined;
    const stop = link.onConnect(() => {
      link.request('demonstration:enter', { demonstrationId }).then(
        // From now on this window is told; what was changed just before is asked for.
        () => client.invalidateQueries({ queryKey: demonstrationQuery(demonstrationId).queryKey }),
        reportFault,
      );
    });
    return () => {
      stop();
      // Where the line is down the server ends it by itself.
      link.request('demonstration:leave', { demonstrationId }).catch(() => undefined);
    };
  }, [link, client, demonstrationId, isOpen]);
}

/** What the moderator has on air, what is cut and who has the word follow at once what the server tells. */
export function useLiveProgram(demonstrationId: string): void {
  const client = useQueryClient();
  const patch = (of: string, change: Partial<DemonstrationLive>) => {
    if (of !== demonstrationId) return;
    client.setQueryData(demonstrationQuery(demonstrationId).queryKey, (view: DemonstrationView | undefined) =>
      view?.live ? { ...view, live: { ...view.live, ...change } } : view,
    );
  };
  useNotice('demonstration:program-changed', (told) => patch(told.demonstrationId, { program: told.program }));
  useNotice('demonstration:cut-changed', (told) =>
    patch(told.demonstrationId, { cut: told.cut, untoldCut: told.untoldCut }),
  );
  useNotice('demonstration:voices-changed', (told) => patch(told.demonstrationId, { voices: told.voices }));
}
