import { useEffect, useState } from 'react';
import type { TrackRef } from '../../server/contract/demonstration-live.ts';

/** The theatre sends one about as often. */
const EVERY_MS = 6_000;
/** What has not come by then shows what is long over. */
const GIVEN_UP_MS = 20_000;

/**
 * What the theatre shows as one small picture, anew every few seconds as long as it is wanted.
 * @returns the address of it in this page; null where there is none now
 */
export function usePoster(demonstrationId: string, ref: TrackRef | null, isWanted: boolean): string | null {
  const [address, setAddress] = useState<string | null>(null);
  const { accountId, source, label, inputId } = ref ?? {};
  useEffect(() => {
    if (!isWanted || accountId === undefined || source === undefined) return undefined;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shown: string | null = null;
    const show = (picture: Blob | null) => {
      if (shown !== null) URL.revokeObjectURL(shown);
      shown = picture && !isOver ? URL.createObjectURL(picture) : null;
      setAddress(shown);
    };
    const names = { ...(label != null && { label }), ...(inputId !== undefined && { inputId }) };
    const query = new URLSearchParams({ accountId, source, ...names });
    const path = `/api/demonstrations/${encodeURIComponent(demonstrationId)}/poster?${query}`;
    const ask = async () => {
      // One that does not come in time shows nothing; the line may bear the next.
      const picture = await fetchPicture(path).catch(() => null);
      if (isOver) return;
      show(picture);
      // Hundreds begin at one instant: they do not go on in step.
      timer = setTimeout(ask, EVERY_MS * (0.7 + 0.6 * Math.random()));
    };
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
      show(null);
    };
  }, [demonstrationId, accountId, source, label, inputId, isWanted]);
  return address;
}

async function fetchPicture(path: string): Promise<Blob | null> {
  const response = await fetch(path, { credentials: 'same-origin', signal: AbortSignal.timeout(GIVEN_UP_MS) });
  return response.status === 200 ? await response.blob() : null;
}
