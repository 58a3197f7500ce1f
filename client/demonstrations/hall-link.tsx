import { Link } from 'react-router';
import type { DemonstrationLine } from '../../server/contract/demonstration.ts';
import { useSession } from '../api/session.tsx';
import { useTexts } from '../i18n/use-texts.ts';

/** Into the hall, to the desk for whoever holds it, else to watch. The surgeon enters by the theatre's page. */
export function HallLink({ line }: { line: DemonstrationLine }) {
  const t = useTexts();
  const { accountId } = useSession().person;
  const { actions, demonstrationId, title, surgeon } = line;
  if (!actions.includes('join-hall') || surgeon.accountId === accountId) return null;
  const page = actions.includes('choose-program') ? 'desk' : 'watch';
  return (
    <Link
      className="button button-primary"
      to={`/demonstrations/${demonstrationId}/${page}`}
      aria-label={`${t(`demonstrationHall:open.${page}`)} ${title}`}
    >
      {t(`demonstrationHall:open.${page}`)}
    </Link>
  );
}
