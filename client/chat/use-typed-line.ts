import { useEffect, useMemo, useRef, useState } from 'react';
import { type LeftCopy, localCopy } from '../drafts/local-copy.ts';
import { useTextSafe } from '../drafts/use-draft.ts';

/** The line that is being typed in a case's chat: kept in this browser until it is sent, over a reload or another page. */
export function useTypedLine(consultationId: string, caseNumber: string) {
  const safe = useTextSafe();
  const copy = useMemo(
    () =>
      localCopy(safe, { kind: 'chat-line', consultationId, caseNumber }, (stored) =>
        typeof stored === 'string' ? stored : undefined,
      ),
    [safe, consultationId, caseNumber],
  );
  const [text, setText] = useState('');
  const newest = useRef('');
  const left = useRef<LeftCopy<string>[]>([]);

  function change(next: string): void {
    newest.current = next;
    setText(next);
    const taken = left.current;
    left.current = [];
    const forget = () => {
      for (const one of taken) one.forget();
    };
    if (next === '') {
      copy.clear();
      forget();
    } else void copy.keep({ value: next, base: '', unanswered: [] }).then((isKept) => isKept && forget());
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each place in which lines are kept
  useEffect(() => {
    let isHere = true;
    void copy.takeOver().then((found) => {
      left.current = found;
      const lines = [...found.map(({ unsaved }) => unsaved.value), newest.current].filter((line) => line !== '');
      if (isHere && found.length > 0) change([...new Set(lines)].join('\n'));
    });
    return () => {
      isHere = false;
    };
  }, [copy]);

  return { text, change };
}
