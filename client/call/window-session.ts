import { randomId } from '../api/random-id.ts';

/**
 * This window's session in a room. A reload keeps it, so that the room sees one person come back and not two; a duplicated tab, which copies
 * sessionStorage, is a window of its own.
 */
export function windowSession(consultationId: string): string {
  const key = `huizhen.call-session.${consultationId}`;
  const reloaded = performance
    .getEntriesByType('navigation')
    .some((entry) => 'type' in entry && entry.type === 'reload');
  const kept = reloaded ? sessionStorage.getItem(key) : null;
  const sessionId = kept ?? randomId();
  sessionStorage.setItem(key, sessionId);
  return sessionId;
}
