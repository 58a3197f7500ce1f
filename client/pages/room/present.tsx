import type { RoomState } from '../../call/room-state.ts';
import { useTexts } from '../../i18n/use-texts.ts';

/** Who is in the room already; a person with two windows is one person. */
export function Present({ present, reachable }: Pick<RoomState, 'present' | 'reachable'>) {
  const t = useTexts();
  const people = [...new Map(present.map((peer) => [peer.accountId, peer])).values()];
  if (!reachable) return null;
  if (people.length === 0) return <p className="preview-present">{t('room:preview.nobodyPresent')}</p>;
  return (
    <div className="preview-present" data-testid="present">
      {t('room:preview.present')}
      <ul>
        {people.map(({ accountId, displayName, facilityName }) => (
          <li key={accountId}>
            <b>{displayName}</b> <span>{facilityName}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
