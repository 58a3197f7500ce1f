import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { matchPath, useLocation, useNavigate } from 'react-router';
import type { Notice } from '../../../server/contract/messages.ts';
import { reportFault } from '../../api/failures.ts';
import { useLink, useNotice } from '../../api/link-context.tsx';
import { useSession } from '../../api/session.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { VideoIcon } from '../../ui/icons.tsx';
import { onSoundState, soundState, startRinging } from '../../ui/sounds.ts';
import './ring.css';

/** Rings wherever one is in the application, until it is answered, put off (here or in another window), or the call is over. */
export function Ring() {
  const link = useLink();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { person } = useSession();
  const [calls, setCalls] = useState<Notice<'call:rung'>[]>([]);

  const inRoom = matchPath('/consultations/:consultationId/room', pathname)?.params.consultationId;
  const stop = (consultationId: string) =>
    setCalls((ringing) => ringing.filter((call) => call.consultationId !== consultationId));
  useNotice('call:rung', (rung) => {
    if (rung.by.accountId === person.accountId) return;
    setCalls((ringing) => [...ringing.filter((call) => call.consultationId !== rung.consultationId), rung]);
  });
  useNotice('call:silenced', ({ consultationId }) => stop(consultationId));
  useNotice('call:ended', ({ consultationId }) => stop(consultationId));

  // Of several calls the first; the next one rings when that is settled.
  const call = calls.find(({ consultationId }) => consultationId !== inRoom);
  if (!call) return null;
  return (
    <RingDialog
      key={call.consultationId}
      call={call}
      onAnswer={() => {
        stop(call.consultationId);
        void navigate(`/consultations/${call.consultationId}/room`);
      }}
      onNotNow={() => {
        stop(call.consultationId);
        // Only the other windows' sake: where it fails they go on ringing, and the person sees that.
        link.request('call:silence', { consultationId: call.consultationId }).catch(reportFault);
      }}
    />
  );
}

function RingDialog({
  call,
  onAnswer,
  onNotNow,
}: {
  call: Notice<'call:rung'>;
  onAnswer: () => void;
  onNotNow: () => void;
}) {
  const t = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const { muted, blocked } = useSyncExternalStore(onSoundState, soundState);
  useEffect(startRinging, []);
  useBlinkingTitle(t('shell:ring.documentTitle'));
  const open = useCallback((element: HTMLDialogElement | null) => {
    dialog.current = element;
    if (!element || element.open) return;
    element.showModal();
    // Not onto the answer button: whoever is typing when it rings must not answer with the next Enter.
    element.focus();
  }, []);

  return (
    <dialog
      ref={open}
      className="ring"
      tabIndex={-1}
      aria-labelledby="ring-title"
      data-tone="light"
      onCancel={(event) => {
        event.preventDefault();
        onNotNow();
      }}
    >
      <div className="ring-waves">
        <VideoIcon />
      </div>
      <h2 id="ring-title">{t('shell:ring.title')}</h2>
      <p className="ring-from">{t('shell:ring.from', { name: call.by.name, facility: call.by.facilityName })}</p>
      <dl className="ring-facts">
        <dt>{t('shell:ring.patient')}</dt>
        <dd>{call.patientLabel}</dd>
        <dt>{t('shell:ring.case')}</dt>
        <dd className="numbers">{call.caseNumber}</dd>
      </dl>
      {(muted || blocked) && <p className="ring-note">{muted ? t('shell:soundOff') : t('shell:ring.soundBlocked')}</p>}
      <div className="ring-actions">
        <button type="button" className="button button-primary ring-answer" onClick={onAnswer}>
          {t('shell:ring.answer')}
        </button>
        <button type="button" className="button" onClick={onNotNow}>
          {t('shell:ring.notNow')}
        </button>
      </div>
    </dialog>
  );
}

/** The title alternates, so that a person in another tab sees which one calls. */
function useBlinkingTitle(text: string): void {
  useEffect(() => {
    const original = document.title;
    document.title = text;
    const timer = setInterval(() => {
      document.title = document.title === text ? original : text;
    }, 1_000);
    return () => {
      clearInterval(timer);
      document.title = original;
    };
  }, [text]);
}
