import { COPY_PREFIX, type CopyKind, copySubject, giveUpCopies } from './local-copy.ts';
import type { TextSafe } from './text-safe.ts';

/** Something that the person typed in this browser and the server does not have. */
export interface UnsavedText {
  kind: CopyKind | 'chat';
  consultationId: string;
  /** Empty where it is not known. */
  caseNumber: string;
  /** The window that it was typed in is gone: it waits to be taken over. */
  isLeft: boolean;
}

/** Chat messages on their way: `huizhen.chat.<account>.<case>.<message>`. */
export const CHAT_PREFIX = 'huizhen.chat.';

/** All that the person has unsaved in this browser, whichever window it was typed in; each draft once. */
export async function findUnsavedTexts(safe: TextSafe): Promise<UnsavedText[]> {
  const found = new Map<string, UnsavedText>();
  for (const key of Object.keys(safe.storage)) {
    const text = (await findCopy(safe, key)) ?? findMessage(safe, key);
    if (!text) continue;
    const name = `${text.kind} ${text.consultationId}`;
    found.set(name, { ...text, isLeft: text.isLeft && (found.get(name)?.isLeft ?? true) });
  }
  return [...found.values()];
}

async function findCopy({ accountId, storage, secure }: TextSafe, key: string): Promise<UnsavedText | undefined> {
  const prefix = `${COPY_PREFIX}${accountId}.`;
  if (!secure || !key.startsWith(prefix)) return undefined;
  const [kind, consultationId = '', window = ''] = key.slice(prefix.length).split('.');
  if (kind !== 'application' && kind !== 'opinion' && kind !== 'chat-line') return undefined;
  const subject = copySubject(accountId, { kind, consultationId });
  const text = await secure.seal.open(storage.getItem(key) ?? '', subject);
  if (text === undefined) return undefined;
  const { caseNumber } = JSON.parse(text) as { caseNumber: string };
  const owner = window.split('~')[0] ?? '';
  const isLeft = owner !== secure.windows.own && (await secure.windows.ifGone(owner, () => {}));
  return { kind, consultationId, caseNumber, isLeft };
}

function findMessage({ accountId }: TextSafe, key: string): UnsavedText | undefined {
  const prefix = `${CHAT_PREFIX}${accountId}.`;
  if (!key.startsWith(prefix)) return undefined;
  const [consultationId = ''] = key.slice(prefix.length).split('.');
  return { kind: 'chat', consultationId, caseNumber: '', isLeft: true };
}

/** Gives all of it up: the person has chosen so. */
export function forgetUnsavedTexts({ accountId, storage }: TextSafe): void {
  giveUpCopies();
  for (const key of Object.keys(storage))
    if (key.startsWith(`${COPY_PREFIX}${accountId}.`) || key.startsWith(`${CHAT_PREFIX}${accountId}.`))
      storage.removeItem(key);
}
