import { Link } from 'react-router';
import type { DemonstrationLine } from '../../server/contract/demonstration.ts';
import { useSession } from '../api/session.tsx';
import { useTexts } from '../i18n/use-texts.ts';

/** Into the hall, to the desk for whoever holds it, else to watch, or to wait there until it begins. The surgeon enters by the theatre's page. */
export function HallLink({ line, isSecondary = false }: { line: DemonstrationLine; isSecondary?: boolean }) {
  const t = useTexts();
  const { accountId } = useSession().person;
  const { actions, demonstrationId, title, surgeon } = line;
  if (surgeon.accountId === accountId) return null;
  const isWaiting = line.isEnrolled && actions.includes('enter') && !actions.includes('join-hall');
  if (!actions.includes('join-hall') && !isWaiting) return null;
  const page = actions.includes('choose-program') ? 'desk' : 'watch';
  const text = t(isWaiting ? 'demonstrations:wait' : `demonstrationHall:open.${page}`);
  return (
    <Link
      className={isSecondary ? 'button' : 'button button-primary'}
      to={`/demonstrations/${demonstrationId}/${page}`}
      aria-label={`${text} ${title}`}
    >
      {text}
    </Link>
  );
}
