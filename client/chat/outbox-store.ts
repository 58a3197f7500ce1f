import { z } from 'zod';
import { onInterruption } from '../api/interruptions.ts';

/** A message that the server has not acknowledged yet. */
export interface UnsentMessage {
  messageId: string;
  text: string;
  writtenAt: string;
}

/** Keeps unsent messages over a reload or a crash. */
export interface OutboxStore {
  load(): UnsentMessage[];
  keep(message: UnsentMessage): void;
  forget(messageId: string): void;
}

const PREFIX = 'huizhen.chat.';
const Stored = z.object({ messageId: z.uuid(), text: z.string(), writtenAt: z.string() });

/**
 * One entry a message, so that two windows of one person never overwrite each other's; both may send the same one, the server keeps it once.
 * In localStorage, because writing there is done when the call returns.
 */
export function createOutboxStore(accountId: string, consultationId: string, storage: Storage): OutboxStore {
  const prefix = `${PREFIX}${accountId}.${consultationId}.`;
  return {
    load() {
      const found: UnsentMessage[] = [];
      for (const key of Object.keys(storage)) {
        if (!key.startsWith(prefix)) continue;
        const stored = Stored.safeParse(parseJson(storage.getItem(key)));
        if (stored.success) found.push(stored.data);
      }
      return found.sort((a, b) => a.writtenAt.localeCompare(b.writtenAt));
    },
    keep(message) {
      try {
        storage.setItem(prefix + message.messageId, JSON.stringify(message));
      } catch {
        // Full or forbidden storage: the message still goes out, it only does not survive a reload.
      }
    },
    forget: (messageId) => storage.removeItem(prefix + messageId),
  };
}

/** Whoever signs out of a shared computer leaves nothing of a patient behind; after an expired session the messages wait. */
onInterruption((interruption) => {
  if (interruption.kind !== 'session-ended' || interruption.reason !== 'signed-out') return;
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
});

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
}
