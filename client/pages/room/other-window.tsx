import { Link } from 'react-router';
import { useTexts } from '../../i18n/use-texts.ts';

/** The person is in the room in another window already: one of the two it is to be. */
export function OtherWindow({ consultationId, onTakeOver }: { consultationId: string; onTakeOver: () => void }) {
  const t = useTexts();
  return (
    <div className="preview-wait" role="alert" data-testid="other-window">
      <b>{t('room:preview.otherWindow')}</b>
      <p>{t('room:preview.otherWindowText')}</p>
      <div className="preview-choice">
        <button type="button" className="button button-primary" data-testid="take-over" onClick={onTakeOver}>
          {t('room:preview.takeOver')}
        </button>
        <Link className="button" to={`/consultations/${consultationId}`}>
          {t('room:preview.stayThere')}
        </Link>
      </div>
    </div>
  );
}
