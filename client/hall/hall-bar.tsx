import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { DemonstrationView } from '../../server/contract/demonstration.ts';
import { QualitySign } from '../call/quality-sign.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { ConnectionLight } from '../ui/connection-light.tsx';
import type { HallState } from './hall-state.ts';

/** What is shown, whether it is on air and recorded, how many watch, and what is the matter with the line, if anything. */
export function HallBar({
  view,
  state,
  children,
}: {
  view: DemonstrationView;
  state: HallState;
  children?: ReactNode;
}) {
  const t = useTexts();
  const { title, surgeon, facility, live } = view;
  const isOnAir = live?.beganAt != null;
  const trouble = troubleOf(state, isOnAir);
  return (
    <header className="hall-bar">
      <h1 className="hall-title">
        <b>{title}</b>{' '}
        <span>
          {surgeon.name} · {facility.name}
        </span>
      </h1>
      <span className="hall-sign" data-sign={isOnAir ? 'on-air' : 'rehearsal'} data-testid="on-air">
        {t(isOnAir ? 'demonstrationHall:sign.onAir' : 'demonstrationHall:sign.rehearsal')}
      </span>
      {live?.isRecorded && (
        <span className="hall-sign" data-sign="recorded">
          {t('demonstrationHall:sign.recorded')}
        </span>
      )}
      <p className="hall-trouble" role="status" data-testid="hall-trouble">
        {trouble && t(`demonstrationHall:trouble.${trouble}`)}
      </p>
      <span className="hall-audience">{t('demonstrationHall:audience', { count: state.audience })}</span>
      {state.phase === 'inside' && !isUnconnected(state) && <QualitySign quality={state.self.quality} />}
      <ConnectionLight />
      {children}
      <Link className="hall-leave" to={`/demonstrations/${view.demonstrationId}`}>
        {t('demonstrationHall:leave')}
      </Link>
    </header>
  );
}

/** Of a line that carries nothing nobody can say how good it is. */
const isUnconnected = ({ media }: HallState): boolean => media === 'connecting' || media === 'interrupted';

function troubleOf(
  { phase, media, self, people }: HallState,
  isOnAir: boolean,
): 'returning' | 'connecting' | 'theatreAway' | 'poor' | 'ownStopped' | undefined {
  if (phase === 'returning' || (phase === 'inside' && media === 'interrupted')) return 'returning';
  if (phase === 'joining' || media === 'connecting') return 'connecting';
  const isThere = people.some(({ seat, returning }) => seat === 'theatre' && !returning);
  if (isOnAir && phase === 'inside' && !isThere) return 'theatreAway';
  const stopped = people.some(({ pictures }) => pictures.some((track) => track.stopped === 'own-line'));
  if (stopped) return 'poor';
  return self.pictureStopped ? 'ownStopped' : undefined;
}
