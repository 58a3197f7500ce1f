import { App } from 'antd';
import type { PersonView } from '../../server/contract/account.ts';
import type { DemonstrationView } from '../../server/contract/demonstration.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { Showing } from '../showing/use-showing.ts';

/** Who may show and draw beside surgeon and moderators: experts and those who have the word, each by the moderator's leave. */
export function ShowersPane({ view, showing: { named } }: { view: DemonstrationView; showing: Showing }) {
  const t = useTexts();
  const { message } = App.useApp();
  const { demonstrationId, plan, live, actions } = view;
  if (!actions.includes('choose-program')) return null;
  const seats = plan?.draft.seats ?? [];
  const experts = (plan?.people ?? []).filter(({ accountId }) =>
    seats.some((one) => one.seat === 'expert' && one.accountId === accountId),
  );
  const voices = (live?.voices ?? []).map(({ person }) => person);
  const people = [...new Map([...named, ...experts, ...voices].map((one) => [one.accountId, one])).values()];
  const isNamed = ({ accountId }: PersonView) => named.some((one) => one.accountId === accountId);
  const change = (person: PersonView) => {
    const params = { demonstrationId, accountId: person.accountId };
    const done = isNamed(person) ? call('showing:unname', { params }) : call('showing:name', { params });
    // Whom it concerns is told by the server, this window too.
    done.catch((thrown: unknown) => void message.error(failureText(toFailure(thrown))));
  };
  return (
    <section className="desk-pane" aria-labelledby="desk-showers">
      <h2 id="desk-showers">{t('showing:mayShow')}</h2>
      {people.length === 0 && <p className="desk-none">{t('showing:nobody')}</p>}
      <ul className="desk-people" data-testid="desk-showers">
        {people.map((person) => (
          <li key={person.accountId} data-named={isNamed(person)}>
            <b>{person.name}</b>
            <span>{person.facilityName}</span>
            <button
              type="button"
              className="button"
              aria-label={`${t(isNamed(person) ? 'showing:unname' : 'showing:name')} ${person.name}`}
              onClick={() => change(person)}
            >
              {t(isNamed(person) ? 'showing:unname' : 'showing:name')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
