import { Link } from 'react-router';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import type { RoomState } from '../../call/room-state.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FullPageNotice } from '../../ui/full-page-notice.tsx';

/** After the call: what has become of it, and the one next step. */
export function EndScreen({ view, state, onAgain }: { view: ConsultationView; state: RoomState; onAgain: () => void }) {
  const t = useTexts();
  const { phase, failure } = state;
  const { consultationId, actions } = view;
  const writes = actions.includes('write-opinion');
  const reads = actions.includes('read-report');
  const next = reads ? t('room:end.endedReport') : writes ? t('room:end.endedOpinion') : t('room:end.endedWait');
  const texts = {
    ended: { title: t('room:end.ended'), text: `${t('room:end.endedText')} ${next}` },
    replaced: { title: t('room:end.replaced'), text: t('room:end.replacedText') },
    removed: { title: t('room:end.removed'), text: t('room:end.removedText') },
    refused: { title: t('room:end.refused'), text: failure ? failureText(failure) : '' },
    unsupported: { title: t('room:end.unsupported'), text: t('room:end.unsupportedText') },
    left: { title: t('room:end.left'), text: t('room:end.leftText') },
  };
  const kind = phase in texts ? (phase as keyof typeof texts) : 'left';
  const first = kind === 'ended' ? (reads ? 'report' : writes ? 'opinion' : undefined) : 'again';
  const style = (which: string) => (first === which ? 'button button-primary' : 'button');
  return (
    <div data-testid="room-end" data-phase={phase}>
      <FullPageNotice {...texts[kind]}>
        {kind !== 'ended' && (
          <button type="button" className={style('again')} data-testid="room-again" onClick={onAgain}>
            {t('room:end.again')}
          </button>
        )}
        {reads && (
          <Link className={style('report')} to={`/consultations/${consultationId}/report`}>
            {t('room:end.readReport')}
          </Link>
        )}
        {writes && (
          <Link className={style('opinion')} to={`/consultations/${consultationId}/opinion`}>
            {t('room:end.writeOpinion')}
          </Link>
        )}
        <Link className={first ? 'button' : 'button button-primary'} to={`/consultations/${consultationId}`}>
          {t('room:toCase')}
        </Link>
      </FullPageNotice>
    </div>
  );
}
