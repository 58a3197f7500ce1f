import { useEffect, useSyncExternalStore } from 'react';
import { onInterruption } from '../api/interruptions.ts';
import { useSession } from '../api/session.tsx';
import type { CaseProgress } from './progress.ts';
import { startUploadCenter, type UploadCenter } from './upload-center.ts';

/** One for this window, whatever page is open; ends when its person signs out. */
let current: UploadCenter | undefined;

onInterruption((interruption) => {
  if (interruption.kind !== 'session-ended' || interruption.reason !== 'signed-out') return;
  current?.signedOut();
  current = undefined;
});

function centerOf(accountId: string): UploadCenter {
  if (current?.accountId !== accountId) {
    current?.close();
    current = startUploadCenter(accountId);
  }
  return current;
}

/** The uploads of whoever is signed in. The first call continues what an earlier visit left unfinished. */
export function useUploadCenter(): UploadCenter {
  const center = centerOf(useSession().person.accountId);
  useEffect(() => center.signedIn(), [center]);
  return center;
}

export function useCaseProgress(consultationId: string): CaseProgress {
  const center = useUploadCenter();
  return useSyncExternalStore(center.subscribe, () => center.progress(consultationId));
}

/** The cases whose files are not all through. */
export function useOpenUploads(): readonly string[] {
  const center = useUploadCenter();
  return useSyncExternalStore(center.subscribe, center.openCases);
}
