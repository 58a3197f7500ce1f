import { useEffect, useState } from 'react';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import { useLinkState } from '../../api/link-context.tsx';
import { useSession } from '../../api/session.tsx';
import type { CaptureState } from '../../call/capture-slot.ts';
import { QualitySign } from '../../call/quality-sign.tsx';
import type { RoomState } from '../../call/room-state.ts';
import { useSilence } from '../../call/use-silence.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { ConnectionLight } from '../../ui/connection-light.tsx';
import { usePatientLine } from './case-summary.tsx';

/** A connection that is being made this long is being kept from it. */
const BLOCKED_AFTER_MS = 15_000;
const REFUSED_AFTER_MS = 2_000;

/** Whose case this is, how long one has been in, and what is the matter with the line, if anything. */
export function RoomBar({
  view,
  state,
  microphone,
}: {
  view: ConsultationView;
  state: RoomState;
  microphone: CaptureState;
}) {
  const t = useTexts();
  const patient = usePatientLine(view.patient);
  const { person: me } = useSession();
  const silent = useSilence(microphone.on && !microphone.held ? microphone.track : null);
  const trouble = useTrouble(state, silent);
  const people = new Set([me.accountId, ...state.people.map(({ accountId }) => accountId)]).size;
  return (
    <header className="room-bar">
      <h1 className="room-bar-case">
        <b>{patient}</b> <span className="numbers">{view.caseNumber}</span>
      </h1>
      <p className="room-bar-trouble" role="status" data-testid="room-trouble">
        {trouble}
      </p>
      <p className="room-bar-people">{t('room:bar.people', { count: people })}</p>
      <p className="room-bar-time">
        {t('room:bar.duration')} <Elapsed />
      </p>
      {state.phase === 'inside' && <QualitySign quality={state.self.quality} />}
      <ConnectionLight />
    </header>
  );
}

function useTrouble({ phase, media, self, relayFault }: RoomState, silent: boolean): string | undefined {
  const t = useTexts();
  const link = useLinkState();
  const connecting = phase === 'inside' && media === 'connecting';
  const without = (phase === 'inside' || phase === 'returning') && media !== 'flowing';
  const hasFlowed = useHasBeen(media === 'flowing');
  const blocked = useLasting(without && !hasFlowed && (connecting || relayFault !== null), BLOCKED_AFTER_MS);
  // Trying goes on, and only the administrator can end it. Where there is another way it is found before this is said.
  const refused = useLasting(without && relayFault === 'refused', REFUSED_AFTER_MS);
  if (refused) return t('room:relayRefused');
  if (blocked && relayFault) return t('room:relayUnreachable');
  if (phase === 'returning' || (phase === 'inside' && media === 'interrupted')) return t('room:reconnecting');
  if (blocked) return t('room:mediaBlocked');
  if (connecting) return t('room:connectingMedia');
  if (link === 'offline') return t('room:serverLost');
  if (self.microphoneHeld) return t('call:microphoneHeld');
  if (self.cameraHeld) return t('call:cameraHeld');
  if (silent) return t('call:microphoneSilent');
  if (self.pictureStopped) return t('call:ownStopped');
  return self.mutedByModerator ? t('call:mutedByModerator') : undefined;
}

/** Whether it was so at any time since the page was opened. */
function useHasBeen(condition: boolean): boolean {
  const [been, setBeen] = useState(condition);
  if (condition && !been) setBeen(true);
  return been;
}

function useLasting(condition: boolean, forMs: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    setLasting(false);
    if (!condition) return undefined;
    const timer = setTimeout(() => setLasting(true), forMs);
    return () => clearTimeout(timer);
  }, [condition, forMs]);
  return lasting;
}

/** Since this person came in, by this computer's own measure: its clock may be wrong. */
function Elapsed() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const startMs = performance.now();
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - startMs) / 1000)), 1000);
    return () => clearInterval(timer);
  }, []);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return <span className="numbers">{hours > 0 ? `${hours}:${rest}` : rest}</span>;
}
