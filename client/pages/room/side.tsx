import { lazy, Suspense, useState } from 'react';
import type { PersonView } from '../../../server/contract/account.ts';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import { useLink, useLinkState } from '../../api/link-context.tsx';
import { ChatAnnouncer, ChatPanel } from '../../chat/chat-panel.tsx';
import { useChat } from '../../chat/use-chat.ts';
import { useUnread } from '../../chat/use-unread.ts';
import { useTextSafe } from '../../drafts/use-draft.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CaseSummary } from './case-summary.tsx';
import { type SideTab, SideTabs } from './side-tabs.tsx';
import type { RoomLayout } from './use-layout.ts';

/** Most who enter a room do not write the opinion. */
const OpinionPanel = lazy(async () => ({ default: (await import('../../opinion/opinion-panel.tsx')).OpinionPanel }));
/** Findings and recommendations need more width than faces and a chat. */
const WRITING_PX = 420;

/** Chat, opinion and case summary beneath the video. */
export function Side({ view, me, layout }: { view: ConsultationView; me: PersonView; layout: RoomLayout }) {
  const t = useTexts();
  const link = useLink();
  const offline = useLinkState() !== 'connected';
  const { consultationId, actions } = view;
  const { accountId } = me;
  const safe = useTextSafe();
  const [selected, setSelected] = useState('chat');
  const { chat, state } = useChat({ consultationId, safe, link });
  const unread = useUnread({ consultationId, accountId }, state.messages, selected === 'chat');
  const tabs: SideTab[] = [
    {
      id: 'chat',
      label: t('room:tabs.chat'),
      badge: { count: unread, text: t('room:unread', { count: unread }) },
      content: (
        <ChatPanel
          view={view}
          chat={chat}
          state={state}
          accountId={accountId}
          mayPost={actions.includes('chat')}
          offline={offline}
        />
      ),
    },
    ...(actions.includes('write-opinion') || actions.includes('read-report')
      ? [
          {
            id: 'opinion',
            label: t('room:tabs.opinion'),
            content: (
              <div className="room-opinion">
                <Suspense fallback={<Skeleton lines={8} />}>
                  <OpinionPanel consultationId={consultationId} consultation={view} />
                </Suspense>
              </div>
            ),
          },
        ]
      : []),
    { id: 'summary', label: t('room:tabs.summary'), content: <CaseSummary view={view} /> },
  ];
  return (
    <>
      <SideTabs
        tabs={tabs}
        selected={selected}
        onSelect={(id) => {
          setSelected(id);
          if (id === 'opinion' && layout.sideWidthPx < WRITING_PX) layout.setSideWidth(WRITING_PX);
        }}
      />
      <ChatAnnouncer state={state} accountId={accountId} />
    </>
  );
}
