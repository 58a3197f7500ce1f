import { useEffect, useId } from 'react';
import type { DemonstrationLive } from '../../server/contract/demonstration-live.ts';
import { Voices } from '../call/voices.tsx';
import { CutSwitch } from '../cutting/cut-switch.tsx';
import { useCutControl } from '../cutting/use-cut-control.ts';
import { useCutKey } from '../cutting/use-cut-key.ts';
import type { HallClient } from '../hall/hall-client.ts';
import { useHallState } from '../hall/use-hall.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import type { TheatreSending } from './theatre-sending.ts';

/** What is still to be done before the theatre goes on air; null: nothing. */
export type NotReady = 'sound' | 'picture' | null;

/** The way on air and off it, and the cut switch. */
export function OnAirPane({
  demonstrationId,
  live,
  client,
  sending,
  notReady,
  onAgain,
}: {
  demonstrationId: string;
  live: DemonstrationLive | null;
  client: HallClient;
  sending: TheatreSending;
  notReady: NotReady;
  /** Another visit to the hall. */
  onAgain: () => void;
}) {
  const t = useTexts();
  const id = useId();
  const { phase, failure, audience, mayCut, self, media, people, seat } = useHallState(client);
  // Who sits where is known before anything is sent.
  useEffect(() => client.look(), [client]);
  const control = useCutControl(demonstrationId, live, client, sending.hold);
  const isIn = phase === 'inside' || phase === 'returning';
  useCutKey(() => {
    if (mayCut && isIn) control?.cut({ picture: true, sound: true });
  });
  return (
    <section className="theatre-section theatre-air" aria-labelledby={id} data-testid="on-air" data-phase={phase}>
      <h2 id={id}>{t('theatre:air.title')}</h2>
      {isIn ? (
        <>
          <p role="status">
            {t(live?.beganAt ? 'theatre:air.live' : 'theatre:air.rehearsal')} ·{' '}
            {t('theatre:air.audience', { count: audience })}
          </p>
          {(phase === 'returning' || media === 'interrupted') && (
            <p className="theatre-warning" role="status">
              {t('theatre:air.returning')}
            </p>
          )}
          {self.pictureStopped && (
            <p className="theatre-warning" role="status">
              {t('theatre:air.poorLine')}
            </p>
          )}
          {self.isComputerSlow && !self.pictureStopped && (
            <p className="theatre-warning" role="status" data-testid="slow-computer">
              {t('theatre:air.slowComputer')}
            </p>
          )}
          <Voices people={people} speakerId="" />
          {control && mayCut && <CutSwitch control={control} hasKey isTheatre />}
          <button type="button" className="button" onClick={onAgain}>
            {t('theatre:air.leave')}
          </button>
        </>
      ) : phase === 'elsewhere' ? (
        <>
          <p role="alert">{t('theatre:air.elsewhere')}</p>
          <button type="button" className="button button-primary" onClick={() => client.enter({ takeOver: true })}>
            {t('theatre:air.takeOver')}
          </button>
        </>
      ) : phase === 'outside' || phase === 'joining' ? (
        <>
          {seat !== null && seat !== 'theatre' && <p role="alert">{t('theatre:air.seatless')}</p>}
          <p className="theatre-hint">{t(notReady ? `theatre:air.notReady.${notReady}` : 'theatre:air.hint')}</p>
          <button
            type="button"
            className="button button-primary"
            disabled={notReady !== null || seat !== 'theatre' || phase === 'joining'}
            onClick={() => client.enter()}
          >
            {t(phase === 'joining' ? 'theatre:air.entering' : 'theatre:air.enter')}
          </button>
        </>
      ) : (
        <>
          {failure ? <FailureNotice failure={failure} /> : <p role="alert">{t(`theatre:air.over.${phase}`)}</p>}
          <button type="button" className="button" onClick={onAgain}>
            {t('theatre:air.again')}
          </button>
        </>
      )}
    </section>
  );
}
