import { Link } from 'react-router';
import type { DemonstrationView } from '../../server/contract/demonstration.ts';
import { useSession } from '../api/session.tsx';
import { useTexts } from '../i18n/use-texts.ts';

/** Surgeon and nurse work in the theatre. */
export function isOfTheatre({ surgeon, plan }: DemonstrationView, accountId: string): boolean {
  const isNurse = plan?.draft.seats.some((one) => one.seat === 'nurse' && one.accountId === accountId) ?? false;
  return surgeon.accountId === accountId || isNurse;
}

/** To the theatre's page for surgeon and nurse, and to the cut switch for whoever may cut. */
export function TheatreLinks({ view }: { view: DemonstrationView }) {
  const t = useTexts();
  const { accountId } = useSession().person;
  const { demonstrationId, actions } = view;
  return (
    <>
      {isOfTheatre(view, accountId) && actions.includes('join-hall') && (
        <Link className="button button-primary" to={`/demonstrations/${demonstrationId}/theatre`}>
          {t('theatre:open')}
        </Link>
      )}
      {actions.includes('cut') && (
        <Link className="button" to={`/demonstrations/${demonstrationId}/cut`}>
          {t('theatre:openCut')}
        </Link>
      )}
    </>
  );
}
