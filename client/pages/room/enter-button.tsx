import { useQuery } from '@tanstack/react-query';
import type { MediaReadiness } from '../../../server/contract/call.ts';
import { mediaQuery } from '../../api/media.ts';
import { useTexts } from '../../i18n/use-texts.ts';

/** Into the call, and why not yet. Where the server cannot say, the button is there: pressing it tells. */
export function EnterButton({ label, hint, busy, onEnter }: Props) {
  const t = useTexts();
  const { data: readiness = READY } = useQuery(mediaQuery);
  const texts =
    readiness.state === 'ready'
      ? { label, hint }
      : readiness.state === 'failed'
        ? { label: t('room:preview.mediaFailed'), hint: t('room:preview.mediaFailedText') }
        : {
            label: t('room:preview.mediaPreparing', { count: Math.ceil(readiness.leftS / 60) }),
            hint: t('room:preview.mediaPreparingText'),
          };
  return (
    <div className="preview-enter" data-media={readiness.state}>
      <button
        type="button"
        className="button button-primary"
        data-testid="room-enter"
        disabled={busy || readiness.state !== 'ready'}
        onClick={onEnter}
      >
        {texts.label}
      </button>
      <p role="status">{texts.hint}</p>
    </div>
  );
}

const READY: MediaReadiness = { state: 'ready' };

interface Props {
  /** What it says, and what is said below it, once calls can be held. */
  label: string;
  hint: string;
  busy: boolean;
  onEnter: () => void;
}
