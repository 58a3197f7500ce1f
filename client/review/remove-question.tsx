import { useEffect, useRef } from 'react';
import type { Annotation } from '../../server/contract/review.ts';
import { useTexts } from '../i18n/use-texts.ts';
import './dialog.css';

/** Before whoever presents deletes what somebody else drew. */
export function RemoveQuestion({
  annotation,
  onAnswer,
}: {
  annotation: Annotation;
  onAnswer: (remove: boolean) => void;
}) {
  const t = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { shape, authorName: name } = annotation;
  const text = t('review:marks.question', { name, kind: shape ? t(`review:shape.${shape.kind}`) : '' });
  return (
    <dialog
      ref={dialog}
      className="review-dialog"
      aria-label={text}
      data-testid="remove-question"
      onCancel={() => onAnswer(false)}
    >
      <p>{text}</p>
      <div className="review-dialog-acts">
        <button
          type="button"
          className="presenter-bar-button"
          data-testid="remove-keep"
          onClick={() => onAnswer(false)}
        >
          {t('review:marks.keep')}
        </button>
        <button
          type="button"
          className="presenter-bar-button presenter-bar-button-strong"
          data-testid="remove-delete"
          onClick={() => onAnswer(true)}
        >
          {t('review:marks.delete')}
        </button>
      </div>
    </dialog>
  );
}
