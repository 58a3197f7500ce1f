import { z } from 'zod';
import type { TextSafe } from '../drafts/text-safe.ts';
import { CHAT_PREFIX } from '../drafts/unsaved-texts.ts';

/** A message that the server has not acknowledged yet. */
export interface UnsentMessage {
  messageId: string;
  text: string;
  writtenAt: string;
}

/** Keeps unsent messages over a reload or a crash. */
export interface OutboxStore {
  load(): Promise<UnsentMessage[]>;
  keep(message: UnsentMessage): Promise<void>;
  forget(messageId: string): void;
}

const Stored = z.object({ messageId: z.uuid(), text: z.string(), writtenAt: z.string() });

/**
 * One entry a message, so that two windows of one person never overwrite each other's; both may send the same one, the
 * server keeps it once. Encrypted for the person; where nothing can be encrypted, nothing is kept.
 */
export function createOutboxStore(safe: TextSafe, consultationId: string): OutboxStore {
  const { accountId, storage, secure } = safe;
  const prefix = `${CHAT_PREFIX}${accountId}.${consultationId}.`;
  const forgotten = new Set<string>();

  async function read(key: string): Promise<UnsentMessage[]> {
    const text = await secure?.seal.open(storage.getItem(key) ?? '', prefix);
    const stored = Stored.safeParse(text === undefined ? undefined : JSON.parse(text));
    return stored.success ? [stored.data] : [];
  }

  return {
    async load() {
      const keys = Object.keys(storage).filter((key) => key.startsWith(prefix));
      const found = (await Promise.all(keys.map(read))).flat();
      return found.sort((a, b) => a.writtenAt.localeCompare(b.writtenAt));
    },
    async keep(message) {
      const sealed = await secure?.seal.close(JSON.stringify(message), prefix);
      if (sealed === undefined || forgotten.has(message.messageId)) return;
      try {
        storage.setItem(prefix + message.messageId, sealed);
      } catch {
        // Full or forbidden storage: the message still goes out, it only does not survive a reload.
      }
    },
    forget(messageId) {
      forgotten.add(messageId);
      storage.removeItem(prefix + messageId);
    },
  };
}
