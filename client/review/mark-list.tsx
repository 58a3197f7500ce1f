import { useEffect, useReducer } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon, TOOL_ICONS } from './icon.tsx';
import { circled } from './overlay/plates.ts';
import { type DeskAndSession, useReviewState } from './use-desk.ts';
import './mark-list.css';

/** Every measurement of the case: who drew what where. A click or Enter goes there; its sentence goes into the findings. */
export function MarkList({
  opened: { desk, session },
  onInsert,
}: {
  opened: DeskAndSession;
  /** Left out: there is no opinion to write into. */
  onInsert: ((sentence: string) => void) | undefined;
}) {
  const t = useTexts();
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  useReviewState(session);
  useEffect(() => session.onBoard(rerender), [session]);
  // Values come with their picture.
  useEffect(() => desk.onDraw(rerender), [desk]);
  const entries = desk.list();
  const { overlay } = desk;
  const numbers = entries.map(({ annotation }) => annotation.annotationId).join();
  useEffect(() => {
    overlay?.setNumbers(new Map(numbers.split(',').map((annotationId, index) => [annotationId, index + 1])));
    return () => overlay?.setNumbers(undefined);
  }, [overlay, numbers]);

  return (
    <aside className="mark-list" aria-label={t('review:list.title')} data-testid="mark-list">
      <h2>
        {t('review:list.title')} <span className="numbers">{entries.length}</span>
      </h2>
      {entries.length === 0 && <p className="mark-list-empty">{t('review:list.empty')}</p>}
      <ol>
        {entries.map(({ annotation, picture, text, isShown }, index) => {
          const { annotationId, authorName, shape } = annotation;
          const kind = shape ? t(`review:shape.${shape.kind}`) : '';
          const where = picture?.title ?? '';
          const isLocal = session.isLocal(annotationId);
          return (
            <li key={annotationId} data-testid="mark-entry" data-shown={isShown} data-annotation-id={annotationId}>
              <button
                type="button"
                className="mark-list-go"
                aria-current={desk.selected === annotationId}
                onClick={() => void desk.jumpTo(annotation)}
              >
                <b className="mark-list-number">{circled(index + 1)}</b>
                <span className="mark-list-text">{text ?? `${kind} ${t('review:list.unseen')}`}</span>
                <span className="mark-list-about">
                  {[authorName, where, isLocal && t('review:marks.local')].filter(Boolean).join(' · ')}
                </span>
              </button>
              {onInsert && (
                <button
                  type="button"
                  className="review-tool"
                  title={t('review:list.insert')}
                  aria-label={`${t('review:list.insert')} ${circled(index + 1)}`}
                  data-testid="mark-insert"
                  disabled={text === undefined}
                  onClick={() => text && onInsert(t('review:list.sentence', { where, text }))}
                >
                  <Icon path={TOOL_ICONS.insert} />
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </aside>
  );
}
