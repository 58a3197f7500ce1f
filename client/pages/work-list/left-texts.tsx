import { useEffect, useState } from 'react';
import { findUnsavedTexts, type UnsavedText } from '../../drafts/unsaved-texts.ts';
import { useTextSafe } from '../../drafts/use-draft.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { UnsavedList } from '../shell/unsaved-dialog.tsx';

/** What the person had not saved when a window closed or the session ended: said until it is opened again. */
export function LeftTexts() {
  const t = useTexts();
  const safe = useTextSafe();
  const [left, setLeft] = useState<UnsavedText[]>([]);
  useEffect(() => {
    let isHere = true;
    void findUnsavedTexts(safe).then((texts) => isHere && setLeft(texts.filter(({ isLeft }) => isLeft)));
    return () => {
      isHere = false;
    };
  }, [safe]);
  if (left.length === 0) return null;
  return (
    <section className="left-texts" role="status" data-testid="left-texts">
      <p>{t('shell:unsaved.left')}</p>
      <UnsavedList texts={left} />
    </section>
  );
}
