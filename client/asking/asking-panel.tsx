import { toFailure } from '../api/failures.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { OwnHandBar, PollPane } from './hand-and-poll.tsx';
import { LiveChat } from './live-chat.tsx';
import { type AskingProps, Questions } from './questions.tsx';
import { useAsking } from './use-asking.ts';
import './asking.css';

/** Of whoever watches: ask, vote, raise a hand, answer a poll, write. */
export function AskingPanel({ demonstrationId }: { demonstrationId: string }) {
  const asking = useAsking(demonstrationId);
  const { view } = asking;
  if (!view) return asking.error ? <FailureNotice failure={toFailure(asking.error)} onRetry={asking.again} /> : null;
  const props: AskingProps = { demonstrationId, asking, view };
  return (
    <div className="asking" data-testid="asking">
      <QuestionOnScreen view={view} />
      <OwnHandBar {...props} />
      <PollPane {...props} />
      <Questions {...props} />
      <LiveChat {...props} />
    </div>
  );
}

/** The one that is put before the surgeon and everybody. */
export function QuestionOnScreen({ view }: Pick<AskingProps, 'view'>) {
  const t = useTexts();
  const { onScreen } = view;
  return (
    <div aria-live="polite">
      {onScreen && (
        <section className="asking-on-screen" data-testid="asking-on-screen">
          <h2>{t('asking:onScreen')}</h2>
          <p>{onScreen.text}</p>
        </section>
      )}
    </div>
  );
}
