import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { matchPath, useLocation, useNavigate } from 'react-router';
import type { PersonView } from '../../../server/contract/account.ts';
import type { Notice } from '../../../server/contract/messages.ts';
import { reportFault, toFailure } from '../../api/failures.ts';
import { call as apiCall } from '../../api/http.ts';
import { interrupt } from '../../api/interruptions.ts';
import { useLink, useNotice } from '../../api/link-context.tsx';
import { useSession } from '../../api/session.tsx';
import { saveEverywhere } from '../../drafts/save-everywhere.ts';
import { useTextSafe } from '../../drafts/use-draft.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { VideoIcon } from '../../ui/icons.tsx';
import { onSoundState, soundState, startRinging } from '../../ui/sounds.ts';
import './ring.css';

type Ringing = Notice<'call:rung'> | Notice<'call:rung-elsewhere'>;

/** Rings wherever one is in the application, until it is answered, put off (here or in another window), or the call is over. */
export function Ring() {
  const link = useLink();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { person } = useSession();
  const [calls, setCalls] = useState<Ringing[]>([]);

  const inRoom = matchPath('/consultations/:consultationId/room', pathname)?.params.consultationId;
  const stop = (consultationId: string) =>
    setCalls((ringing) => ringing.filter((call) => call.consultationId !== consultationId));
  const start = (rung: Ringing) => {
    if (rung.by.accountId === person.accountId) return;
    setCalls((ringing) => [...ringing.filter((call) => call.consultationId !== rung.consultationId), rung]);
  };
  useNotice('call:rung', start);
  useNotice('call:rung-elsewhere', start);
  useNotice('call:silenced', ({ consultationId }) => stop(consultationId));
  useNotice('call:ended', ({ consultationId }) => stop(consultationId));

  // Of several calls the first; the next one rings when that is settled.
  const call = calls.find(({ consultationId }) => consultationId !== inRoom);
  if (!call) return null;
  const { consultationId } = call;
  if ('appointmentId' in call)
    return <RingElsewhere key={consultationId} call={call} onSettled={() => stop(consultationId)} />;
  return (
    <RingDialog
      key={consultationId}
      by={call.by}
      answer="shell:ring.answer"
      onAnswer={() => {
        stop(consultationId);
        void navigate(`/consultations/${consultationId}/room`);
      }}
      onNotNow={() => {
        stop(consultationId);
        // Only the other windows' sake: where it fails they go on ringing, and the person sees that.
        link.request('call:silence', { consultationId }).catch(reportFault);
      }}
    >
      <CallFacts call={call} />
    </RingDialog>
  );
}

function CallFacts({ call: { patientLabel, caseNumber } }: { call: Notice<'call:rung'> }) {
  const t = useTexts();
  return (
    <dl className="ring-facts">
      <dt>{t('shell:ring.patient')}</dt>
      <dd>{patientLabel}</dd>
      <dt>{t('shell:ring.case')}</dt>
      <dd className="numbers">{caseNumber}</dd>
    </dl>
  );
}

/** It rings where the person works as well. They hear who calls and go there, where it rings in the ordinary way and says of whom. */
function RingElsewhere({ call, onSettled }: { call: Notice<'call:rung-elsewhere'>; onSettled: () => void }) {
  const t = useTexts();
  const safe = useTextSafe();
  const { appointments } = useSession();
  const { appointmentId } = call;
  const go = useMutation({
    async mutationFn() {
      const { unsaved, onlyHere } = await saveEverywhere(safe);
      if (unsaved.length > 0 || onlyHere > 0) return false;
      await apiCall('session:switch', { body: { appointmentId } });
      return true;
    },
    onSuccess(isThere) {
      if (!isThere) return;
      onSettled();
      interrupt({ kind: 'appointment-left' });
    },
  });
  const place = appointments.find((one) => one.appointmentId === appointmentId)?.facilityName ?? '';
  return (
    <RingDialog
      by={call.by}
      answer="shell:ring.switch"
      isBusy={go.isPending}
      onAnswer={() => go.mutate()}
      onNotNow={onSettled}
    >
      <p>{t('shell:ring.elsewhere', { facility: place })}</p>
      {go.data === false && <p role="alert">{t('shell:ring.unsaved')}</p>}
      {go.error && <p role="alert">{failureText(toFailure(go.error))}</p>}
    </RingDialog>
  );
}

function RingDialog({
  by,
  answer,
  isBusy = false,
  onAnswer,
  onNotNow,
  children,
}: {
  by: PersonView;
  answer: 'shell:ring.answer' | 'shell:ring.switch';
  isBusy?: boolean;
  onAnswer: () => void;
  onNotNow: () => void;
  children: ReactNode;
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
      <p className="ring-from">{t('shell:ring.from', { name: by.name, facility: by.facilityName })}</p>
      {children}
      {(muted || blocked) && <p className="ring-note">{muted ? t('shell:soundOff') : t('shell:ring.soundBlocked')}</p>}
      <div className="ring-actions">
        <button type="button" className="button button-primary ring-answer" disabled={isBusy} onClick={onAnswer}>
          {t(answer)}
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
