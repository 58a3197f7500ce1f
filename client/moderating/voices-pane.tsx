import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Attendee, DemonstrationView } from '../../server/contract/demonstration.ts';
import { MAX_VOICES, type VoiceInput } from '../../server/contract/demonstration-live.ts';
import { call } from '../api/http.ts';
import { attendanceQuery } from '../demonstrations/queries.ts';
import type { HallState } from '../hall/hall-state.ts';
import { useLiveAct } from '../hall/use-live-act.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** Whoever comes or goes is heard of at once; this is for what nobody tells. */
const REFRESH_MS = 20_000;
/** Many come at once: the list is asked for when the number has stood for a moment. */
const SETTLED_MS = 500;
const SHOWN = 50;

/** Who has the word, and who is there: whoever watches can be given it, at most six at a time. */
export function VoicesPane({ view, state }: { view: DemonstrationView; state: HallState }) {
  const t = useTexts();
  const { demonstrationId, live } = view;
  const act = useLiveAct(demonstrationId);
  const mayGive = view.actions.includes('give-voice');
  const voices = live?.voices ?? [];
  const params = (accountId: string) => ({ demonstrationId, accountId });
  const give = (accountId: string, sources: VoiceInput['sources']) =>
    void act(() => call('demonstration:give-voice', { params: params(accountId), body: { sources } }));
  const take = (accountId: string) => void act(() => call('demonstration:take-voice', { params: params(accountId) }));
  return (
    <section className="desk-pane" aria-labelledby="desk-voices">
      <h2 id="desk-voices">{t('demonstrationHall:desk.voices', { number: voices.length, most: MAX_VOICES })}</h2>
      {voices.length === 0 && <p className="desk-none">{t('demonstrationHall:desk.noVoices')}</p>}
      <ul className="desk-people" data-testid="desk-voices">
        {voices.map(({ person, sources }) => {
          const there = state.people.find(({ accountId }) => accountId === person.accountId);
          const isOpen = there?.voice != null && !there.voice.paused;
          return (
            <li key={person.accountId} data-speaking={there?.speaking ?? false}>
              <b>{person.name}</b>
              <span>{t(`demonstrationHall:desk.voice.${there ? (isOpen ? 'open' : 'closed') : 'away'}`)}</span>
              {!sources.includes('video') && (
                <button type="button" className="button" onClick={() => give(person.accountId, ['audio', 'video'])}>
                  {t('demonstrationHall:desk.withCamera')}
                </button>
              )}
              <button
                type="button"
                className="button"
                aria-label={`${t('demonstrationHall:desk.take')} ${person.name}`}
                onClick={() => take(person.accountId)}
              >
                {t('demonstrationHall:desk.take')}
              </button>
            </li>
          );
        })}
      </ul>
      {mayGive && (
        <Watchers
          demonstrationId={demonstrationId}
          audience={state.audience}
          left={(person) => !voices.some((one) => one.person.accountId === person.accountId)}
          isFull={voices.length >= MAX_VOICES}
          onGive={(accountId) => give(accountId, ['audio'])}
        />
      )}
    </section>
  );
}

function Watchers({
  demonstrationId,
  audience,
  left,
  isFull,
  onGive,
}: {
  demonstrationId: string;
  /** How many the hall counts. */
  audience: number;
  left: (person: Attendee['person']) => boolean;
  isFull: boolean;
  onGive: (accountId: string) => void;
}) {
  const t = useTexts();
  const [text, setText] = useState('');
  const { data, refetch } = useQuery({ ...attendanceQuery(demonstrationId), refetchInterval: REFRESH_MS });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another number means that somebody came or went.
  useEffect(() => {
    const timer = setTimeout(() => void refetch({ cancelRefetch: false }), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [refetch, audience]);
  const people = (data?.people ?? []).filter(
    ({ enrolledAt, withdrawnAt }) => enrolledAt !== null && withdrawnAt === null,
  );
  const found = people
    .filter(({ person }) => left(person) && `${person.name} ${person.facilityName}`.includes(text.trim()))
    .sort((a, b) => Number(b.isPresent) - Number(a.isPresent));
  return (
    <>
      <h2>
        {t('demonstrationHall:desk.watchers', {
          number: people.filter(({ isPresent }) => isPresent).length,
          of: people.length,
        })}
      </h2>
      <input
        className="desk-search"
        type="search"
        aria-label={t('demonstrationHall:desk.find')}
        placeholder={t('demonstrationHall:desk.find')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className="desk-people" data-testid="desk-watchers">
        {found.slice(0, SHOWN).map((one) => (
          <li key={one.person.accountId} data-present={one.isPresent}>
            <b>{one.person.name}</b>
            <span>{one.isPresent ? one.person.facilityName : t('demonstrationHall:desk.notThere')}</span>
            <button
              type="button"
              className="button"
              disabled={isFull}
              aria-label={`${t('demonstrationHall:desk.give')} ${one.person.name}`}
              onClick={() => onGive(one.person.accountId)}
            >
              {t('demonstrationHall:desk.give')}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
