import { useState } from 'react';
import type { PersonView } from '../../../server/contract/account.ts';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import { useLink, useLinkState } from '../../api/link-context.tsx';
import { ChatAnnouncer, ChatPanel } from '../../chat/chat-panel.tsx';
import { useChat } from '../../chat/use-chat.ts';
import { useUnread } from '../../chat/use-unread.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { CaseSummary } from './case-summary.tsx';
import { type SideTab, SideTabs } from './side-tabs.tsx';

/** Chat, opinion and case summary beneath the video. */
export function Side({ view, me }: { view: ConsultationView; me: PersonView }) {
  const t = useTexts();
  const link = useLink();
  const offline = useLinkState() !== 'connected';
  const { consultationId, actions } = view;
  const { accountId } = me;
  const [selected, setSelected] = useState('chat');
  const { chat, state } = useChat({ consultationId, accountId, link });
  const unread = useUnread({ consultationId, accountId }, state.messages, selected === 'chat');
  const tabs: SideTab[] = [
    {
      id: 'chat',
      label: t('room:tabs.chat'),
      badge: { count: unread, text: t('room:unread', { count: unread }) },
      content: (
        <ChatPanel
          chat={chat}
          state={state}
          accountId={accountId}
          mayPost={actions.includes('chat')}
          offline={offline}
        />
      ),
    },
    { id: 'summary', label: t('room:tabs.summary'), content: <CaseSummary view={view} /> },
  ];
  return (
    <>
      <SideTabs tabs={tabs} selected={selected} onSelect={setSelected} />
      <ChatAnnouncer state={state} accountId={accountId} />
    </>
  );
}
