import { useEffect, useState } from 'react';
import type { Quality, ReviewPeer } from '../../server/contract/review.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { systemClock } from './clock.ts';
import { FOLLOW_KEY, keyName, PRESENT_KEY } from './keys.ts';
import { usePhone } from './phone.ts';
import type { ReviewSession, ReviewState } from './session.ts';
import { type DeskAndSession, useReviewState } from './use-desk.ts';
import './presenter-bar.css';

interface Leading {
  mayLead: boolean;
  /** Moving the picture leads where nobody does. */
  leadsByMoving: boolean;
}

/** Who leads, who follows, and how well everybody sees it. Always of the same height: nothing jumps. */
export function PresenterBar({
  opened,
  ...leading
}: Leading & {
  opened: DeskAndSession | undefined;
}) {
  const t = useTexts();
  if (!opened) return <footer className="presenter-bar">{t('review:presenting.joining')}</footer>;
  return <OpenedBar opened={opened} {...leading} />;
}

function OpenedBar({ opened: { desk, session }, ...leading }: Leading & { opened: DeskAndSession }) {
  const state = useReviewState(session);
  const { phase, presenting, following, peers, unsent, revision, peerId } = state;
  const t = useTexts();
  return (
    <footer
      className="presenter-bar"
      data-testid="presenter-bar"
      data-phase={phase}
      data-presenting={presenting}
      data-following={!presenting && following}
      data-unsent={unsent}
      data-revision={revision}
      data-peer-id={peerId ?? ''}
    >
      {state.asked ? (
        <Question session={session} asked={state.asked} />
      ) : (
        <Lead session={session} state={state} {...leading} />
      )}
      <span className="presenter-bar-space" />
      {unsent > 0 && <span className="presenter-bar-unsent">{t('review:unsent', { count: unsent })}</span>}
      <ul className="presenter-bar-peers" aria-label={t('review:people')}>
        {peers.map((peer) => (
          <Peer
            key={peer.peerId}
            peer={peer}
            mine={peer.peerId === peerId}
            leads={state.presenter?.peerId === peer.peerId}
            colour={desk.overlay?.colourOf(peer.accountId)}
          />
        ))}
        {peers.length === 1 && phase === 'live' && <li className="presenter-bar-hint">{t('review:peer.alone')}</li>}
      </ul>
    </footer>
  );
}

function Lead({
  session,
  state,
  mayLead,
  leadsByMoving,
}: Leading & {
  session: ReviewSession;
  state: ReviewState;
}) {
  const { phase, presenter, presenting, following, asking } = state;
  const t = useTexts();
  const phone = usePhone();
  const name = presenter?.name ?? '';
  const words = (): string => {
    if (phase === 'joining') return t('review:presenting.joining');
    if (phase === 'refused') return t('review:presenting.refused');
    if (presenting) return t('review:presenting.me');
    if (asking && presenter) return t('review:presenting.asking', { name });
    if (!presenter && (phone || !mayLead)) return t('review:presenting.noneOnPhone');
    if (!presenter) return t(leadsByMoving ? 'review:presenting.none' : 'review:presenting.nobody');
    return t(presenter.peerId === null ? 'review:presenting.gone' : 'review:presenting.other', { name });
  };
  const canFollow = phase === 'live' && presenter !== null && !presenting;
  return (
    <>
      <span className="presenter-bar-lead" data-tone={presenting ? 'me' : presenter ? 'other' : 'none'} role="status">
        {words()}
      </span>
      {canFollow && (
        <>
          <span className="presenter-bar-hint">
            {t(following ? 'review:presenting.following' : 'review:presenting.free')}
          </span>
          <button
            type="button"
            className={following ? 'presenter-bar-button' : 'presenter-bar-button presenter-bar-button-strong'}
            title={keyName(FOLLOW_KEY)}
            data-testid={following ? 'look-freely' : 'snap-back'}
            onClick={() => (following ? session.unfollow() : session.follow())}
          >
            {t(following ? 'review:presenting.lookFreely' : 'review:presenting.snapBack')}
          </button>
        </>
      )}
      {phase === 'live' && !presenting && mayLead && (
        <button
          type="button"
          className="presenter-bar-button presenter-bar-take"
          title={keyName(PRESENT_KEY)}
          disabled={asking}
          data-testid="take-over"
          onClick={() => session.ask()}
        >
          {t('review:presenting.take')}
        </button>
      )}
    </>
  );
}

function Question({ session, asked }: { session: ReviewSession; asked: NonNullable<ReviewState['asked']> }) {
  const t = useTexts();
  const secondsLeft = (): number => Math.max(0, Math.ceil((asked.answerByMs - systemClock.nowMs()) / 1000));
  const [seconds, setSeconds] = useState(secondsLeft);
  // Read out once, not every second.
  const [label] = useState(() => t('review:presenting.asked', { name: asked.name, seconds }));
  useEffect(() => {
    const timer = setInterval(
      () => setSeconds(Math.max(0, Math.ceil((asked.answerByMs - systemClock.nowMs()) / 1000))),
      250,
    );
    return () => clearInterval(timer);
  }, [asked]);
  return (
    <div className="presenter-bar-question" role="alertdialog" aria-label={label}>
      <span aria-hidden="true">{t('review:presenting.asked', { name: asked.name, seconds })}</span>
      <button
        type="button"
        className="presenter-bar-button presenter-bar-button-strong"
        data-testid="grant"
        disabled={asked.answer === true}
        onClick={() => session.answer(true)}
      >
        {t('review:presenting.grant')}
      </button>
      <button
        type="button"
        className="presenter-bar-button"
        data-testid="refuse"
        disabled={asked.answer === false}
        onClick={() => session.answer(false)}
      >
        {t('review:presenting.refuse')}
      </button>
      {asked.answer !== undefined && <span role="status">{t('review:presenting.answering')}</span>}
    </div>
  );
}

function Peer({
  peer,
  mine,
  leads,
  colour,
}: {
  peer: ReviewPeer;
  mine: boolean;
  leads: boolean;
  colour: string | undefined;
}) {
  const t = useTexts();
  const { name, facilityName, quality } = peer;
  return (
    <li
      className="presenter-bar-peer"
      title={facilityName}
      data-testid="peer"
      data-peer-id={peer.peerId}
      data-leads={leads}
      data-state={quality?.state ?? 'waiting'}
    >
      <span className="presenter-bar-dot" aria-hidden="true" />
      <span className="presenter-bar-name" style={{ borderColor: colour }}>
        {mine ? t('review:peer.me') : name}
      </span>
      <span className="presenter-bar-quality numbers">{useQualityText(quality)}</span>
    </li>
  );
}

function useQualityText(quality: Quality | null): string {
  const t = useTexts();
  if (!quality) return t('review:peer.waiting');
  const counts = { loaded: quality.loadedFrames, total: quality.totalFrames };
  if (quality.state !== 'full') return t(`review:peer.${quality.state}`, counts);
  if (counts.total <= 1) return t('review:peer.full');
  return t(counts.loaded === counts.total ? 'review:peer.complete' : 'review:peer.progress', counts);
}
