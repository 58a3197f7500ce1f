import { useQuery } from '@tanstack/react-query';
import type { Attendance, Attendee, DemonstrationView } from '../../server/contract/demonstration.ts';
import { toFailure } from '../api/failures.ts';
import { useFormats } from '../i18n/formats.ts';
import { useLanguage } from '../i18n/use-language.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { CorrectCredit } from './correct-credit.tsx';
import { CorrectionLine } from './correction-line.tsx';
import { CreditsPane } from './credits-pane.tsx';
import { attendanceQuery } from './queries.ts';

/** Who enrolled, how long they were there, and what that came to. */
export function AttendanceTable({ view }: { view: DemonstrationView }) {
  const t = useTexts();
  const formats = useFormats();
  const language = useLanguage();
  const { demonstrationId } = view;
  const attendance = useQuery(attendanceQuery(demonstrationId));
  if (attendance.isPending) return <Skeleton lines={4} lineHeightPx={32} />;
  if (!attendance.data)
    return <FailureNotice failure={toFailure(attendance.error)} onRetry={() => void attendance.refetch()} />;
  const { everybody, liveS, people } = attendance.data;
  return (
    <>
      <div className="record-head">
        <div className="record-hint">
          {[
            ...(everybody ? [] : [t('demonstrations:attendance.own')]),
            ...(liveS > 0 ? [t('demonstrations:attendance.ofLive', { duration: formats.duration(liveS * 1000) })] : []),
            t('credits:required', { percent: attendance.data.requiredPercent }),
          ].map((hint) => (
            <p key={hint}>{hint}</p>
          ))}
        </div>
        {people.length > 0 && (
          <a
            className="button"
            href={`/api/demonstrations/${demonstrationId}/attendance.csv?language=${language}`}
            download
          >
            {t('demonstrations:attendance.export')}
          </a>
        )}
      </div>
      <CreditsPane view={view} attendance={attendance.data} />
      {people.length === 0 ? (
        <p>{t('demonstrations:attendance.none')}</p>
      ) : (
        <People demonstrationId={demonstrationId} attendance={attendance.data} />
      )}
    </>
  );
}

function People({ demonstrationId, attendance }: { demonstrationId: string; attendance: Attendance }) {
  const t = useTexts();
  const { people, endedAt, liveS, assessment } = attendance;
  const isOver = endedAt !== null;
  return (
    <div className="demonstration-scroll">
      <table className="record-table">
        <thead>
          <tr>
            <th scope="col">{t('demonstrations:attendance.name')}</th>
            <th scope="col">{t('demonstrations:attendance.facility')}</th>
            <th scope="col">{t('demonstrations:attendance.enrolledAt')}</th>
            <th scope="col">{t('demonstrations:attendance.present')}</th>
            <th scope="col">{t('demonstrations:attendance.checks')}</th>
            {isOver && (
              <>
                <th scope="col">{t('credits:assessment')}</th>
                <th scope="col">{t('credits:points')}</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {people.map((attendee) => (
            <tr key={attendee.person.accountId}>
              <Watching attendee={attendee} liveS={isOver ? liveS : 0} />
              {isOver && (
                <>
                  <td>
                    {attendee.qualifies !== null &&
                      t(`credits:${assessment ? 'qualifies' : 'expected'}.${attendee.qualifies ? 'yes' : 'no'}`)}
                  </td>
                  <td>
                    <Points demonstrationId={demonstrationId} version={attendance.version} attendee={attendee} />
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** @param liveS 0: no share is shown yet. */
function Watching({ attendee, liveS }: { attendee: Attendee; liveS: number }) {
  const t = useTexts();
  const formats = useFormats();
  const { person, enrolledAt, withdrawnAt, presentS, checksAsked, checksAnswered } = attendee;
  return (
    <>
      <th scope="row">
        {person.name} {person.title}
      </th>
      <td>{person.facilityName}</td>
      <td className="numbers">
        {enrolledAt && formats.moment(enrolledAt)}
        {withdrawnAt && t('demonstrations:attendance.withdrawn')}
      </td>
      <td className="numbers">
        {presentS > 0 &&
          [
            formats.duration(presentS * 1000),
            // Rounded down, so that nobody seems to reach what they do not.
            ...(liveS > 0 ? [`${Math.floor((presentS * 100) / liveS)}%`] : []),
          ].join(' · ')}
      </td>
      <td className="numbers">{checksAsked > 0 && `${checksAnswered} / ${checksAsked}`}</td>
    </>
  );
}

function Points({
  demonstrationId,
  version,
  attendee,
}: {
  demonstrationId: string;
  version: number;
  attendee: Attendee;
}) {
  const formats = useFormats();
  const { points, correction, mayCorrect } = attendee;
  return (
    <>
      {points !== null && <span className="numbers">{formats.number(points, 1)} </span>}
      {mayCorrect && <CorrectCredit demonstrationId={demonstrationId} version={version} attendee={attendee} />}
      {correction && <CorrectionLine correction={correction} />}
    </>
  );
}
