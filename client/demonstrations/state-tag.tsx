import type { DemonstrationState } from '../../server/contract/demonstration.ts';
import { useTexts } from '../i18n/use-texts.ts';
import '../ui/tags.css';

export function DemonstrationStateTag({ state }: { state: DemonstrationState }) {
  const t = useTexts();
  return (
    <span className="tag" data-demonstration={state}>
      {t(`demonstrations:state.${state}`)}
    </span>
  );
}
