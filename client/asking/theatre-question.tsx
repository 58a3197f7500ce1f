import { usePresence } from '../hall/use-presence.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useAsking } from './use-asking.ts';
import './asking.css';

/** The one question that the moderator has chosen, large enough to be read from the table. */
export function TheatreQuestion({ demonstrationId }: { demonstrationId: string }) {
  const t = useTexts();
  const { view } = useAsking(demonstrationId);
  // Whoever has entered is told of what changes.
  usePresence(demonstrationId, true);
  return (
    <div aria-live="polite">
      {view?.onScreen && (
        <section className="asking-theatre" data-testid="asking-theatre">
          <h2>{t('asking:onScreen')}</h2>
          <p>{view.onScreen.text}</p>
        </section>
      )}
    </div>
  );
}
