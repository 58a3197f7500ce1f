import { useEffect, useState } from 'react';
import { Failure } from '../../server/contract/failure.ts';
import type { Annotation } from '../../server/contract/review.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { ReviewTrouble } from './session.ts';
import type { DeskAndSession } from './use-desk.ts';

/** A line above the picture, for some seconds. */
export interface Note {
  text: string;
  urgent: boolean;
  act?: { label: string; run(): void };
}

const NOTE_MS = 4_000;
/** What must be read, or asks for an answer. */
const LONG_NOTE_MS = 12_000;

/** '': takes away what was said. */
export type Say = (text: string, more?: Partial<Omit<Note, 'text'>>) => void;

export function useNote(): [Note | undefined, Say] {
  const [note, setNote] = useState<Note>();
  useEffect(() => {
    if (!note) return undefined;
    const timer = setTimeout(() => setNote(undefined), note.urgent || note.act ? LONG_NOTE_MS : NOTE_MS);
    return () => clearTimeout(timer);
  }, [note]);
  return [note, (text, more) => setNote(text === '' ? undefined : { urgent: false, ...more, text })];
}

export interface MarkActs {
  /** The selected mark: one's own at once, somebody else's after a question by whoever presents. */
  remove(): void;
  step(direction: 'undo' | 'redo'): void;
  onTrouble(trouble: ReviewTrouble): void;
  /** The mark of somebody else that is asked about. */
  question: Annotation | undefined;
  answer(remove: boolean): void;
}

/** Deleting, taking back and what is said about them. */
export function useMarks(opened: () => DeskAndSession | undefined, say: Say): MarkActs {
  const t = useTexts();
  const [question, setQuestion] = useState<Annotation>();
  const kindOf = ({ shape }: Annotation): string => (shape ? t(`review:shape.${shape.kind}`) : '');
  const step = (direction: 'undo' | 'redo'): void => {
    const done = opened()?.session.step(direction);
    say(t(done ? `review:marks.${direction}ne` : `review:marks.nothingTo.${direction}`));
  };
  const erase = (annotation: Annotation): void => {
    const { desk, session } = opened() ?? {};
    session?.remove(annotation.annotationId);
    desk?.overlay?.leave();
    const about = { kind: kindOf(annotation), name: annotation.authorName };
    const mine = session?.mayRemove(annotation) === 'yes';
    say(t(mine ? 'review:marks.deleted' : 'review:marks.deletedOf', about), {
      act: { label: t('review:marks.undo'), run: () => step('undo') },
    });
  };
  return {
    question,
    answer(remove) {
      if (remove && question) erase(question);
      setQuestion(undefined);
      opened()?.desk.focus();
    },
    remove() {
      const { desk, session } = opened() ?? {};
      const annotation = desk?.overlay?.selection();
      if (!annotation || !session) return;
      const may = session.mayRemove(annotation);
      if (may === 'yes') erase(annotation);
      else if (may === 'ask') setQuestion(annotation);
      else say(t('review:marks.notYours', { name: annotation.authorName }));
    },
    step,
    onTrouble(trouble) {
      if (trouble.kind === 'take-over-denied') say(t('review:presenting.denied'));
      else if (trouble.kind === 'annotation-refused')
        say(t('review:annotationRefused', { reason: reasonOf(trouble.failure) }), { urgent: true });
      else {
        const { before, byName, mine } = trouble;
        const about = { by: byName, kind: kindOf(before), name: before.authorName };
        const { annotationId, target, shape } = before;
        if (!mine) say(t('review:marks.deletedByAuthor', about));
        else
          say(t('review:marks.yoursDeleted', about), {
            act: {
              label: t('review:marks.putBack'),
              run: () => shape && opened()?.session.put(annotationId, target, shape),
            },
          });
      }
    },
  };
}

export function reasonOf(thrown: unknown): string {
  return failureText(
    thrown instanceof Failure ? thrown : new Failure('unavailable', 'something did not arrive', { cause: thrown }),
  );
}
