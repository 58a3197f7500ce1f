import { useQueryClient } from '@tanstack/react-query';
import { useNotice } from '../../api/link-context.tsx';
import { sessionQuery } from '../../api/session.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { showToast } from '../../ui/toast.ts';

/** The person's appointment has run out in the middle of a call: they are told that they may finish it. */
export function RunOutNotice() {
  const t = useTexts();
  const client = useQueryClient();
  useNotice('appointment:run-out', ({ consultationId, hours }) => {
    void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    showToast({
      level: 'warning',
      key: `run-out ${consultationId}`,
      title: t('shell:runOut.title'),
      description: t('shell:runOut.text', { count: hours }),
      durationS: 0,
    }).catch(reportError);
  });
  return null;
}
