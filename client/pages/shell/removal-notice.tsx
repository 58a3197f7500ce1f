import { useNotice } from '../../api/link-context.tsx';
import { useSession } from '../../api/session.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { showToast } from '../../ui/toast.ts';

/** Somebody was taken out of a case: whoever it was, and those who take part, are told by whom and why, wherever they are. */
export function RemovalNotice() {
  const t = useTexts();
  const { person: me } = useSession();
  useNotice('participant:removed', ({ consultationId, caseNumber, person, by, reason }) => {
    const isMe = person.accountId === me.accountId;
    showToast({
      level: 'warning',
      key: `${consultationId} ${person.accountId}`,
      title: isMe ? t('shell:removedYou', { caseNumber }) : t('shell:removed', { name: person.name, caseNumber }),
      description: t('shell:removedBy', { name: by.name, facility: by.facilityName, reason }),
      durationS: isMe ? 0 : 12,
    }).catch(reportError);
  });
  return null;
}
