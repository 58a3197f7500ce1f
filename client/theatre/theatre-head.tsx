import { Link } from 'react-router';
import type { DemonstrationView } from '../../server/contract/demonstration.ts';
import { QualitySign } from '../call/quality-sign.tsx';
import type { HallState } from '../hall/hall-state.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { ConnectionLight } from '../ui/connection-light.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';

/** Which demonstration it is, and the sign that says whether the theatre is on air. */
export function TheatreHead({ view, hall }: { view: DemonstrationView; hall: HallState }) {
  const t = useTexts();
  const { phase, cut, self } = hall;
  const { demonstrationId, title, live } = view;
  const isIn = phase === 'inside' || phase === 'returning';
  const sign = !isIn ? 'off' : cut.picture && cut.sound ? 'cut' : live?.beganAt ? 'live' : 'rehearsal';
  return (
    <header className="theatre-head">
      <Link to={`/demonstrations/${demonstrationId}`}>← {t('theatre:back')}</Link>
      <h1>
        {t('theatre:title')} · {title || t('demonstrations:untitled')}
      </h1>
      {live?.isRecorded && (
        <span className="theatre-sign" data-sign="recorded">
          {t('theatre:air.recorded')}
        </span>
      )}
      <span className="theatre-sign" data-sign={sign} data-testid="air-sign" role="status">
        {t(`theatre:air.sign.${sign}`)}
      </span>
      {phase === 'inside' && <QualitySign quality={self.quality} />}
      <ConnectionLight />
      <LanguageSwitch />
    </header>
  );
}
