import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ReplayView } from '../../server/contract/recording.ts';
import { nothingAt, type ShowingAt } from '../../server/contract/showing-at.ts';
import { call } from '../api/http.ts';
import { useNotice } from '../api/link-context.tsx';
import { useSession } from '../api/session.tsx';
import { createReplayLink, type ReplayLink } from './replay-link.ts';
import { ReplayPlayer, type ReplayStanding } from './replay-player.ts';
import { ReplayTimeline } from './replay-timeline.ts';

/** What may be seen is asked anew so often: somebody may have taken a picture off. */
const ANEW_MS = 30_000;

export interface OpenReplay {
  player: ReplayPlayer | undefined;
  standing: ReplayStanding | undefined;
  /** What was shown, drawn and pointed at when it is now. */
  now: ShowingAt;
  /** What of it may be seen still. */
  pictureIds: readonly string[];
  /** It cannot be read; picture and sound go on. */
  isUnread: boolean;
  reviewLink: ReplayLink['link'];
}

/** The player of a replay and what is drawn beside it, as long as its page is open. */
export function useReplay(demonstrationId: string, view: ReplayView): OpenReplay {
  const { person: me } = useSession();
  const [player, setPlayer] = useState<ReplayPlayer>();
  const [timeline, setTimeline] = useState<ReplayTimeline>();
  const [standing, setStanding] = useState<ReplayStanding>();
  const [now, setNow] = useState(nothingAt);
  const [pictureIds, setPictureIds] = useState(() => view.timeline.pictures.map(({ materialId }) => materialId));
  const [isUnread, setUnread] = useState(false);
  // Chapters and cut parts are saved while it plays: they change no track, and nothing that was shown.
  const viewRef = useRef(view);
  const [{ link, show }] = useState(() =>
    createReplayLink(demonstrationId, {
      nameOf: (accountId) => viewRef.current.people.find((one) => one.accountId === accountId)?.name ?? '',
      reader: me.accountId,
    }),
  );

  useEffect(() => {
    const { fromAt, toAt } = viewRef.current;
    const beganMs = Date.parse(fromAt);
    const made = new ReplayTimeline({
      beganMs,
      durationMs: Date.parse(toAt) - beganMs,
      fetch: (at, signal) => call('replay:events', { params: { demonstrationId }, query: { fromAt: at }, signal }),
      onPart(part) {
        setUnread(false);
        setPictureIds((before) => (before.join() === part.pictureIds.join() ? before : part.pictureIds));
      },
      onFailure: () => setUnread(true),
    });
    const playing = new ReplayPlayer(demonstrationId, viewRef.current, {
      tell: setStanding,
      isReady: (atMs) => made.isReady(atMs),
    });
    setTimeline(made);
    setPlayer(playing);
    return () => {
      playing.close();
      made.close();
    };
  }, [demonstrationId]);

  useEffect(() => {
    // Until it is here what was seen before stays; where it cannot be had, nothing does.
    const next = standing && (timeline?.at(standing.atMs) ?? (isUnread ? nothingAt() : undefined));
    if (!next) return;
    show(next);
    setNow(next);
  }, [timeline, standing, isUnread, show]);

  const refresh = useEffectEvent(() => timeline?.refresh(standing?.atMs ?? 0));
  useNotice('demonstration:changed', (told) => {
    if (told.demonstrationId === demonstrationId) timeline?.refresh(standing?.atMs ?? 0);
  });
  const isShown = now.materialId !== null;
  useEffect(() => {
    if (!isShown) return undefined;
    const timer = window.setInterval(() => refresh(), ANEW_MS);
    return () => window.clearInterval(timer);
  }, [isShown]);
  return { player, standing, now, pictureIds, isUnread, reviewLink: link };
}

/** Whether something of a picture was shown then that may be seen still. */
export const isPictureShown = ({ now, pictureIds }: Pick<OpenReplay, 'now' | 'pictureIds'>): boolean =>
  now.materialId !== null && pictureIds.includes(now.materialId);
