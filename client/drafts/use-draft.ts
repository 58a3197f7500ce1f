import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Autosave, DraftSnapshot } from './autosave.ts';
import type { OpenDrafts } from './open-drafts.ts';

/** A draft for as long as the component is there. undefined only until the first effect has run. `create` of that moment counts. */
export function useOpenDraft<T>(
  drafts: OpenDrafts<T>,
  consultationId: string,
  create: () => Autosave<T>,
): Autosave<T> | undefined {
  const [autosave, setAutosave] = useState<Autosave<T>>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a later `create` must not replace the draft that is being typed
  useEffect(() => {
    setAutosave(drafts.acquire(consultationId, create));
    return () => drafts.release(consultationId);
  }, [drafts, consultationId]);
  return autosave;
}

export function useDraft<T>(autosave: Autosave<T>): DraftSnapshot<T> {
  const subscribe = useCallback((listener: () => void) => autosave.subscribe(listener), [autosave]);
  return useSyncExternalStore(subscribe, () => autosave.snapshot);
}
