import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { applySummary, consultationsQuery } from '../../api/consultations.ts';
import { interrupt } from '../../api/interruptions.ts';
import { useConnected, useNotice } from '../../api/link-context.tsx';
import { chime, unlockSoundOnFirstTouch } from '../../ui/sounds.ts';

/** Keeps the cached work list and open cases as the server tells, in whatever page one is. */
export function LiveWorkList() {
  const client = useQueryClient();
  useEffect(unlockSoundOnFirstTouch, []);
  useNotice('consultation:changed', (summary) => applySummary(client, summary));
  useNotice('consultation:arrived', (summary) => {
    applySummary(client, summary);
    chime();
  });
  useNotice('call:ended', ({ consultationId }) => {
    void client.invalidateQueries({ queryKey: ['consultation', consultationId] });
    void client.invalidateQueries({ queryKey: consultationsQuery.queryKey });
  });
  useNotice('session:ended', ({ reason }) => interrupt({ kind: 'session-ended', reason }));
  useConnected(() => {
    void client.invalidateQueries({ queryKey: consultationsQuery.queryKey });
    void client.invalidateQueries({ queryKey: ['consultation'] });
  });
  return null;
}
