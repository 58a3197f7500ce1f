import { useParams } from 'react-router';
import { useNotice } from '../../api/link-context.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { showToast } from '../../ui/toast.ts';

/** In the room and at the images: what happens to the very case that is open, and nothing else. */
export function RoomNotice() {
  const t = useTexts();
  const { consultationId } = useParams();
  useNotice('notice:posted', (notice) => {
    if (notice.consultationId !== consultationId) return;
    const title = `${t(`shell:notices.kind.${notice.kind}`)} · ${notice.byName}`;
    showToast({ key: `${notice.kind} ${consultationId}`, level: 'info', title, durationS: 8 }).catch(reportError);
  });
  return null;
}
