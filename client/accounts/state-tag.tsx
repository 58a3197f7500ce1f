import type { PersonState } from '../../server/contract/people.ts';
import { useTexts } from '../i18n/use-texts.ts';
import './person-state.css';

export function StateTag({ state }: { state: PersonState }) {
  const t = useTexts();
  return (
    <span className="person-state" data-state={state}>
      {t(`accounts:people.state.${state}`)}
    </span>
  );
}
