import { useState } from 'react';
import { Failure } from '../../server/contract/failure.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { KeyImageMark, KeyImagePicture } from './key-image.ts';
import type { DeskAndSession } from './use-desk.ts';
import type { Say } from './use-marks.ts';

export interface KeyImageActs {
  /** The marks of which some are to be chosen; undefined: nothing is asked. */
  choice: KeyImageMark[] | undefined;
  /** Asks which marks the picture bears; where it has none it is taken at once. */
  begin(): void;
  take(annotationIds: ReadonlySet<string>): Promise<void>;
  /** Nothing is taken. */
  leave(): void;
}

/** Taking what is shown for the report. `keep`: a rejection is shown. */
export function useKeyImage(
  opened: DeskAndSession | undefined,
  keep: ((picture: KeyImagePicture) => void | Promise<void>) | undefined,
  say: Say,
): KeyImageActs {
  const t = useTexts();
  const [choice, setChoice] = useState<KeyImageMark[]>();
  const take = async (annotationIds: ReadonlySet<string>): Promise<void> => {
    if (!opened || !keep) return;
    setChoice(undefined);
    say(t('review:keyImageTaking'));
    try {
      await keep(await opened.desk.takeKeyImage(annotationIds));
      say(t('review:keyImageTaken'));
    } catch (thrown) {
      say(thrown instanceof Failure ? failureText(thrown) : t('review:keyImageFailed'), { urgent: true });
    }
  };
  return {
    choice,
    begin() {
      const onPicture = opened?.desk.marks() ?? [];
      if (onPicture.length > 0) setChoice(onPicture);
      else void take(new Set());
    },
    take,
    leave: () => setChoice(undefined),
  };
}
