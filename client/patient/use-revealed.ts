import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** Full details hide again by themselves: shared computers stand unattended. */
const REVEALED_MS = 60_000;

/** What is masked until it is asked for. Each look is recorded by the server. */
export function useRevealed<T>(read: () => Promise<T>): {
  revealed: T | undefined;
  isPending: boolean;
  error: Error | null;
  toggle(): void;
} {
  const [revealed, setRevealed] = useState<T>();
  const reveal = useMutation({ mutationFn: read, onSuccess: (details) => setRevealed(details) });
  useEffect(() => {
    if (revealed === undefined) return;
    const timer = setTimeout(() => setRevealed(undefined), REVEALED_MS);
    return () => clearTimeout(timer);
  }, [revealed]);
  return {
    revealed,
    isPending: reveal.isPending,
    error: reveal.error,
    toggle: () => (revealed === undefined ? reveal.mutate() : setRevealed(undefined)),
  };
}
