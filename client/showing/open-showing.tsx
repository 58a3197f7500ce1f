import { useTexts } from '../i18n/use-texts.ts';
import type { Showing } from './use-showing.ts';

/** For whoever may show: opens the pictures beside the program, for oneself alone until one takes the lead. */
export function OpenShowing({ showing, isOpen, onOpen }: { showing: Showing; isOpen: boolean; onOpen: () => void }) {
  const t = useTexts();
  if (!showing.mayShow || showing.material !== null || isOpen) return null;
  return (
    <button type="button" className="button showing-open" data-testid="showing-open" onClick={onOpen}>
      {t('showing:open')}
    </button>
  );
}
