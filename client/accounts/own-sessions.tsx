import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import type { OwnSessionView } from '../../server/contract/account.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

export const OWN_SESSIONS_KEY = ['own-sessions'];

/** Where the person is signed in, each to be ended, or all others at once. */
export function OwnSessions() {
  const t = useTexts();
  const client = useQueryClient();
  const { modal, message } = App.useApp();
  const sessions = useQuery({
    queryKey: OWN_SESSIONS_KEY,
    queryFn: ({ signal }) => call('own-sessions:list', { signal }),
  });
  const end = useMutation({
    mutationFn: (sessionId: string | 'others') =>
      sessionId === 'others'
        ? call('own-sessions:end-others')
        : call('own-sessions:end-one', { params: { sessionId } }),
    onSuccess: (_, which) =>
      void message.success(t(which === 'others' ? 'accounts:own.othersEnded' : 'accounts:own.ended')),
    onError: (error) => void message.error(failureText(toFailure(error))),
    onSettled: () => client.invalidateQueries({ queryKey: OWN_SESSIONS_KEY }),
  });
  const others = sessions.data?.filter(({ isThis }) => !isThis) ?? [];
  return (
    <section className="panel own-sessions" aria-labelledby="own-sessions">
      <h2 id="own-sessions">{t('accounts:own.sessions')}</h2>
      <p>{t('accounts:own.sessionsText')}</p>
      {sessions.isPending && <Skeleton lines={3} lineHeightPx={40} />}
      {sessions.error && <FailureNotice failure={toFailure(sessions.error)} onRetry={() => void sessions.refetch()} />}
      <ul>
        {sessions.data?.map((session) => (
          <SessionLine
            key={session.sessionId}
            session={session}
            busy={end.isPending}
            onEnd={() => end.mutate(session.sessionId)}
          />
        ))}
      </ul>
      {sessions.data && others.length === 0 && <p>{t('accounts:own.noOthers')}</p>}
      {others.length > 0 && (
        <button
          type="button"
          className="button own-sessions-end"
          disabled={end.isPending}
          onClick={() =>
            modal.confirm({
              title: t('accounts:own.endOthers'),
              content: t('accounts:own.endOthersConfirm'),
              okText: t('accounts:own.endOthers'),
              cancelText: t('cancel'),
              onOk: () => end.mutateAsync('others').catch(() => undefined),
            })
          }
        >
          {t('accounts:own.endOthers')}
        </button>
      )}
    </section>
  );
}

function SessionLine({ session, busy, onEnd }: { session: OwnSessionView; busy: boolean; onEnd: () => void }) {
  const t = useTexts();
  const formats = useFormats();
  const { kind, browser, addressRange, facilityName, role, openedAt, usedAt, isThis } = session;
  const device = kind === 'machine' ? t('accounts:own.kind.machine') : (browser ?? t('accounts:own.unknownBrowser'));
  return (
    <li>
      <div>
        <b>{device}</b>
        {isThis && <span className="own-session-this">{t('accounts:own.this')}</span>}
        <div className="own-session-facts numbers">
          {[
            facilityName,
            t(`terms:role.${role}`),
            addressRange ?? t('accounts:own.unknownAddress'),
            `${t('accounts:own.openedAt')} ${formats.moment(openedAt)}`,
            `${t('accounts:own.usedAt')} ${formats.moment(usedAt)}`,
          ].join(' · ')}
        </div>
      </div>
      {!isThis && (
        <button
          type="button"
          className="button"
          aria-label={t('accounts:own.endOne', { device })}
          disabled={busy}
          onClick={onEnd}
        >
          {t('accounts:own.end')}
        </button>
      )}
    </li>
  );
}
