import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { DemonstrationDesk, DemonstrationLine, DemonstrationWhen } from '../../server/contract/demonstration.ts';
import { toFailure } from '../api/failures.ts';
import { specialtyKey } from '../facilities/specialty-key.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { EnrolButton } from './enrol-button.tsx';
import { HallLink } from './hall-link.tsx';
import { demonstrationsQuery } from './queries.ts';
import { DemonstrationStateTag } from './state-tag.tsx';
import { useEnrolmentNotes } from './use-enrolment-notes.ts';
import { usePeriod } from './use-period.ts';
import '../facilities/records.css';
import './demonstrations.css';

const WHENS: readonly DemonstrationWhen[] = ['now', 'soon', 'past'];

/** What is on, what is to come and what has been, of one desk. */
export function DeskLists({ desk }: { desk: DemonstrationDesk }) {
  return WHENS.map((when) => <DeskList key={when} desk={desk} when={when} />);
}

function DeskList({ desk, when }: { desk: DemonstrationDesk; when: DemonstrationWhen }) {
  const t = useTexts();
  const found = useInfiniteQuery(demonstrationsQuery(desk, when));
  const id = `demonstrations-${when}`;
  const pages = found.data?.pages ?? [];
  // One that comes in between moves another one to the next page: it is shown once.
  const lines = [...new Map(pages.flatMap((page) => page.lines).map((line) => [line.demonstrationId, line])).values()];
  const left = (pages.at(-1)?.total ?? 0) - lines.length;
  return (
    <section className="panel demonstration-list" aria-labelledby={id}>
      <h2 id={id}>{t(`demonstrations:when.${when}`)}</h2>
      {found.isPending && <Skeleton lines={2} lineHeightPx={40} />}
      {found.error && <FailureNotice failure={toFailure(found.error)} onRetry={() => void found.refetch()} />}
      {found.data && lines.length === 0 && (
        <p className="demonstration-none">{t(`demonstrations:none.${desk}.${when}`)}</p>
      )}
      {lines.length > 0 && (
        <ul>
          {lines.map((line) => (
            <Line key={line.demonstrationId} line={line} />
          ))}
        </ul>
      )}
      {found.hasNextPage && left > 0 && (
        <button
          type="button"
          className="button"
          disabled={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t(`demonstrations:${when === 'past' ? 'earlier' : 'later'}`, { count: left })}
        </button>
      )}
    </section>
  );
}

function Line({ line }: { line: DemonstrationLine }) {
  const t = useTexts();
  const period = usePeriod();
  const { demonstrationId, title, procedure, specialty, surgeon, facility } = line;
  const facts = [procedure, specialty && t(`specialties:${specialtyKey(specialty)}`), surgeon.name, facility.name];
  const notes = useEnrolmentNotes(line);
  return (
    <li className="demonstration-line">
      <div>
        <p className="demonstration-line-title">
          <Link to={`/demonstrations/${demonstrationId}`}>{title || t('demonstrations:untitled')}</Link>{' '}
          <DemonstrationStateTag state={line.state} />
        </p>
        <p className="record-hint">{facts.filter(Boolean).join(' · ')}</p>
        <p className="numbers">{[period(line), ...notes].join(' · ')}</p>
      </div>
      <div className="record-acts">
        <HallLink line={line} />
        <EnrolButton line={line} />
      </div>
    </li>
  );
}
