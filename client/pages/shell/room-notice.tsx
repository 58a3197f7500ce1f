import { App } from 'antd';
import { useParams } from 'react-router';
import { useNotice } from '../../api/link-context.tsx';
import { useTexts } from '../../i18n/use-texts.ts';

/** In the room and at the images: what happens to the very case that is open, and nothing else. */
export function RoomNotice() {
  const t = useTexts();
  const { consultationId } = useParams();
  const { message } = App.useApp();
  useNotice('notice:posted', (notice) => {
    if (notice.consultationId === consultationId)
      void message.info(`${t(`shell:notices.kind.${notice.kind}`)} · ${notice.byName}`, 8);
  });
  return null;
}
