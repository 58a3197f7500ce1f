import type { ConsultationView } from '../../server/contract/consultation.ts';
import { useLink, useLinkState } from '../api/link-context.tsx';
import { useSession } from '../api/session.tsx';
import { useTextSafe } from '../drafts/use-draft.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { ChatPanel } from './chat-panel.tsx';
import { useChat } from './use-chat.ts';
import { useUnread } from './use-unread.ts';

/** The case's conversation beside its text: the same as in the room. Shown from submission on. */
export function CaseChat({ view }: { view: ConsultationView }) {
  const t = useTexts();
  const link = useLink();
  const safe = useTextSafe();
  const offline = useLinkState() !== 'connected';
  const { accountId } = useSession().person;
  const { consultationId, actions, submittedAt } = view;
  const { chat, state } = useChat({ consultationId, safe, link });
  useUnread({ consultationId, accountId }, state.messages, true);
  if (submittedAt === null) return null;
  return (
    <div className="panel case-chat">
      <h2>{t('chat:title')}</h2>
      <div className="case-chat-frame">
        <ChatPanel
          view={view}
          chat={chat}
          state={state}
          accountId={accountId}
          mayPost={actions.includes('chat')}
          offline={offline}
        />
      </div>
    </div>
  );
}
