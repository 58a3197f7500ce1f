import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import type { KeyImageMark } from './key-image.ts';
import { circled } from './overlay/plates.ts';
import './dialog.css';

/** Which marks a key image bears, before it is taken: one's own are chosen, another's only by hand. Enter takes it. */
export function KeyImageDialog({
  marks,
  accountId,
  onTake,
  onClose,
}: {
  marks: KeyImageMark[];
  accountId: string;
  onTake: (annotationIds: ReadonlySet<string>) => void;
  onClose: () => void;
}) {
  const t = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(marks.filter(({ annotation }) => annotation.authorId === accountId).map(idOf)),
  );
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('[data-testid="key-image-take"]')?.focus();
  }, []);
  const toggle = (annotationId: string): void => {
    const next = new Set(chosen);
    if (!next.delete(annotationId)) next.add(annotationId);
    setChosen(next);
  };
  const numbers = new Map(marks.filter((mark) => chosen.has(idOf(mark))).map((mark, index) => [idOf(mark), index + 1]));
  return (
    <dialog
      ref={dialog}
      className="review-dialog"
      aria-label={t('review:keyImageMarks.title')}
      data-testid="key-image-dialog"
      onCancel={onClose}
    >
      <h2>{t('review:keyImageMarks.title')}</h2>
      <p className="review-dialog-hint">{t('review:keyImageMarks.hint')}</p>
      <ul className="review-dialog-list">
        {marks.map(({ annotation, text }) => {
          const { annotationId, authorId, authorName } = annotation;
          const number = numbers.get(annotationId);
          return (
            <li key={annotationId}>
              <label>
                <input
                  type="checkbox"
                  checked={number !== undefined}
                  data-testid="key-image-mark"
                  onChange={() => toggle(annotationId)}
                />
                <span className="review-dialog-number">{number === undefined ? '' : circled(number)}</span>
                <span className="review-dialog-text">{text}</span>
                <span className="review-dialog-author">
                  {authorId === accountId ? t('review:keyImageMarks.mine') : authorName}
                </span>
              </label>
            </li>
          );
        })}
      </ul>
      <div className="review-dialog-acts">
        <button type="button" className="presenter-bar-button" onClick={onClose}>
          {t('cancel')}
        </button>
        <button
          type="button"
          className="presenter-bar-button presenter-bar-button-strong"
          data-testid="key-image-take"
          onClick={() => onTake(chosen)}
        >
          {t('review:keyImageMarks.take', { count: chosen.size })}
        </button>
      </div>
    </dialog>
  );
}

const idOf = ({ annotation }: KeyImageMark): string => annotation.annotationId;
