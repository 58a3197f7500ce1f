import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { applyChange } from '../../api/consultations.ts';
import { interrupt } from '../../api/interruptions.ts';
import { useConnected, useNotice } from '../../api/link-context.tsx';
import { mediaQuery } from '../../api/media.ts';
import { noticesQuery } from '../../api/notices.ts';
import { refreshWorkList } from '../../api/work-list.ts';
import { chime, unlockSoundOnFirstTouch } from '../../ui/sounds.ts';

/** Keeps the cached work list and open cases as the server tells, in whatever page one is. */
export function LiveWorkList() {
  const client = useQueryClient();
  useEffect(unlockSoundOnFirstTouch, []);
  useNotice('consultation:changed', ({ consultationId }) => applyChange(client, consultationId));
  useNotice('consultation:arrived', ({ consultationId }) => applyChange(client, consultationId));
  useNotice('notice:posted', () => {
    void client.invalidateQueries({ queryKey: noticesQuery.queryKey });
    chime();
  });
  useNotice('call:ended', ({ consultationId }) => {
    applyChange(client, consultationId);
  });
  useNotice('session:ended', ({ reason }) =>
    reason === 'switched' || reason === 'appointment-ended'
      ? interrupt({ kind: 'appointment-left' })
      : interrupt({ kind: 'session-ended', reason }),
  );
  useConnected(() => {
    void refreshWorkList(client);
    void client.invalidateQueries({ queryKey: noticesQuery.queryKey });
    void client.invalidateQueries({ queryKey: ['consultation'] });
    // A server that was started anew has tried again to prepare video.
    void client.invalidateQueries({ queryKey: mediaQuery.queryKey });
  });
  return null;
}
