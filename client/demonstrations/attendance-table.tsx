import { useQuery } from '@tanstack/react-query';
import { toFailure } from '../api/failures.ts';
import { useFormats } from '../i18n/formats.ts';
import { useLanguage } from '../i18n/use-language.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { attendanceQuery } from './queries.ts';

/** Who enrolled and how long they were there. */
export function AttendanceTable({ demonstrationId }: { demonstrationId: string }) {
  const t = useTexts();
  const formats = useFormats();
  const language = useLanguage();
  const attendance = useQuery(attendanceQuery(demonstrationId));
  if (attendance.isPending) return <Skeleton lines={4} lineHeightPx={32} />;
  if (!attendance.data)
    return <FailureNotice failure={toFailure(attendance.error)} onRetry={() => void attendance.refetch()} />;
  const { everybody, liveS, people } = attendance.data;
  const time = (seconds: number) => formats.duration(seconds * 1000);
  return (
    <>
      <div className="record-head">
        <p className="record-hint">
          {[
            ...(everybody ? [] : [t('demonstrations:attendance.own')]),
            ...(liveS > 0 ? [t('demonstrations:attendance.ofLive', { duration: time(liveS) })] : []),
          ].join(' ')}
        </p>
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
      {people.length === 0 ? (
        <p>{t('demonstrations:attendance.none')}</p>
      ) : (
        <div className="demonstration-scroll">
          <table className="record-table">
            <thead>
              <tr>
                <th scope="col">{t('demonstrations:attendance.name')}</th>
                <th scope="col">{t('demonstrations:attendance.facility')}</th>
                <th scope="col">{t('demonstrations:attendance.enrolledAt')}</th>
                <th scope="col">{t('demonstrations:attendance.present')}</th>
                <th scope="col">{t('demonstrations:attendance.checks')}</th>
              </tr>
            </thead>
            <tbody>
              {people.map(({ person, enrolledAt, withdrawnAt, presentS, checksAsked, checksAnswered }) => (
                <tr key={person.accountId}>
                  <th scope="row">
                    {person.name} {person.title}
                  </th>
                  <td>{person.facilityName}</td>
                  <td className="numbers">
                    {enrolledAt && formats.moment(enrolledAt)}
                    {withdrawnAt && t('demonstrations:attendance.withdrawn')}
                  </td>
                  <td className="numbers">{presentS > 0 && time(presentS)}</td>
                  <td className="numbers">{checksAsked > 0 && `${checksAnswered} / ${checksAsked}`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
