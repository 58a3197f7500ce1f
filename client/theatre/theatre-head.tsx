import { Link } from 'react-router';
import type { DemonstrationView } from '../../server/contract/demonstration.ts';
import type { CutInput } from '../../sfu/contract/token.ts';
import { QualitySign } from '../call/quality-sign.tsx';
import type { HallState } from '../hall/hall-state.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { ConnectionLight } from '../ui/connection-light.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';

/** Which demonstration it is, and the sign that says whether the theatre is on air. */
export function TheatreHead({
  view,
  hall: { phase, self },
  cut,
}: {
  view: DemonstrationView;
  hall: HallState;
  /** What goes out no more. */
  cut: CutInput;
}) {
  const t = useTexts();
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
