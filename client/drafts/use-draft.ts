import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useSession } from '../api/session.tsx';
import type { Autosave } from './autosave.ts';
import type { OpenDrafts } from './open-drafts.ts';
import type { DraftSnapshot } from './save-state.ts';
import { openTextSafe, type TextSafe } from './text-safe.ts';

/** A draft for as long as the component is there. undefined until it is open. `create` of the first moment counts. */
export function useOpenDraft<T>(
  drafts: OpenDrafts<T>,
  consultationId: string,
  create: () => Promise<Autosave<T>>,
): Autosave<T> | undefined {
  const [autosave, setAutosave] = useState<Autosave<T>>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a later `create` must not replace the draft that is being typed
  useEffect(() => {
    let isHere = true;
    void drafts.acquire(consultationId, create).then((opened) => isHere && setAutosave(opened));
    return () => {
      isHere = false;
      drafts.release(consultationId);
    };
  }, [drafts, consultationId]);
  return autosave;
}

export function useDraft<T>(autosave: Autosave<T>): DraftSnapshot<T> {
  const subscribe = useCallback((listener: () => void) => autosave.subscribe(listener), [autosave]);
  return useSyncExternalStore(subscribe, () => autosave.snapshot);
}

/** Where this browser keeps the signed-in person's unsaved text. */
export function useTextSafe(): TextSafe {
  const { person, draftKey } = useSession();
  return useMemo(() => openTextSafe(person.accountId, draftKey), [person.accountId, draftKey]);
}
