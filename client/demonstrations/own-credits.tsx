import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { OwnCredit } from '../../server/contract/demonstration-credits.ts';
import { toFailure } from '../api/failures.ts';
import { usePermission } from '../api/session.tsx';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { CorrectionLine } from './correction-line.tsx';
import { ownCreditsQuery } from './queries.ts';

/** What the person has for demonstrations that they watched; not there for those who never watch any. */
export function OwnCredits() {
  const t = useTexts();
  const formats = useFormats();
  const watches = usePermission('demonstration:watch');
  const credits = useQuery(ownCreditsQuery);
  const found = credits.data ?? [];
  if (!watches && found.length === 0) return null;
  // Tenths do not add up exactly.
  const total = Math.round(found.reduce((sum, { points }) => sum + points * 10, 0)) / 10;
  return (
    <section className="panel own-sessions" aria-labelledby="own-credits">
      <h2 id="own-credits">{t('credits:mine.title')}</h2>
      <p>{t('credits:mine.text')}</p>
      {credits.error && <FailureNotice failure={toFailure(credits.error)} onRetry={() => void credits.refetch()} />}
      {credits.data && found.length === 0 && <p>{t('credits:mine.none')}</p>}
      {found.length > 1 && <b>{t('credits:mine.total', { points: formats.number(total, 1) })}</b>}
      <ul>
        {found.map((credit) => (
          <CreditLine key={credit.demonstrationId} credit={credit} />
        ))}
      </ul>
    </section>
  );
}

function CreditLine({ credit }: { credit: OwnCredit }) {
  const t = useTexts();
  const formats = useFormats();
  const { demonstrationId, title, facility, beganAt, presentS, liveS, points, givenAt, correction } = credit;
  const time = (seconds: number) => formats.duration(seconds * 1000);
  return (
    <li>
      <div>
        <Link to={`/demonstrations/${demonstrationId}`}>{title}</Link>
        <div className="own-session-facts numbers">
          {[
            facility.name,
            beganAt && formats.moment(beganAt),
            t('credits:mine.present', { present: time(presentS), live: time(liveS) }),
            t('credits:mine.givenAt', { at: formats.moment(givenAt) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </div>
        {correction && <CorrectionLine correction={correction} />}
      </div>
      <b className="numbers">{t('credits:mine.points', { points: formats.number(points, 1) })}</b>
    </li>
  );
}
