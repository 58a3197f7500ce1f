import { useEffect, useState } from 'react';
import type { ChatMessage } from '../../server/contract/chat.ts';

/** How many messages of others came since the chat was last looked at. @param shown the person sees the chat now */
export function useUnread(
  { consultationId, accountId }: { consultationId: string; accountId: string },
  messages: readonly ChatMessage[],
  shown: boolean,
): number {
  const key = `huizhen.chat-read.${accountId}.${consultationId}`;
  const [readUpTo, setReadUpTo] = useState(() => Number(localStorage.getItem(key) ?? 0));
  const last = messages.at(-1)?.sequence ?? 0;
  useEffect(() => {
    if (!shown || last <= readUpTo) return;
    setReadUpTo(last);
    localStorage.setItem(key, String(last));
  }, [shown, last, readUpTo, key]);
  return messages.filter(({ sequence, authorId }) => sequence > readUpTo && authorId !== accountId).length;
}
