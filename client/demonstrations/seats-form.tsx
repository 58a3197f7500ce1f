import { useState } from 'react';
import type { PersonView } from '../../server/contract/account.ts';
import type { DemonstrationSeat, SeatHolder } from '../../server/contract/demonstration.ts';
import { Field } from '../facilities/field.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { PersonPicker } from './person-picker.tsx';
import type { PlanFormProps } from './plan-props.ts';

/** Of each there is one. */
const SINGLE = ['moderator', 'deputy', 'advocate', 'nurse', 'theatre-signer', 'ethics-signer'] as const;
type Single = (typeof SINGLE)[number];
/** Signers are of the house, and stay who they were once they were asked for their word. */
const isSigner = (seat: DemonstrationSeat): boolean => seat.endsWith('-signer');

/** Who does what in it. */
export function SeatsForm({ view, draft, isOpen, onChange }: PlanFormProps) {
  const t = useTexts();
  /** People picked here, until the server names them. */
  const [picked, setPicked] = useState<PersonView[]>([]);
  const known = [...picked, ...(view.plan?.people ?? [])];
  const personOf = (holder: SeatHolder | undefined) =>
    holder && known.find((one) => one.accountId === holder.accountId && one.facilityId === holder.facilityId);
  const isFree = (seat: DemonstrationSeat) => isOpen('seats') && (!isSigner(seat) || isOpen('title'));

  const put = (others: readonly SeatHolder[], seat: DemonstrationSeat, person: PersonView | undefined) => {
    if (person) setPicked((before) => [...before, person]);
    const { accountId = '', facilityId = '' } = person ?? {};
    onChange({ seats: [...others, ...(person ? [{ seat, accountId, facilityId }] : [])] });
  };
  const experts = draft.seats.filter(({ seat }) => seat === 'expert');
  return (
    <section className="record-block" aria-labelledby="demonstration-seats">
      <h2 id="demonstration-seats">{t('demonstrations:field.seats')}</h2>
      <p className="record-hint">{t('demonstrations:hint.seats')}</p>
      <div className="record-grid demonstration-wide">
        {SINGLE.map((seat: Single) => (
          <Field key={seat} label={t(`demonstrations:seat.${seat}`)}>
            {(control) => (
              <PersonPicker
                control={control}
                value={personOf(draft.seats.find((one) => one.seat === seat))}
                facilityId={isSigner(seat) ? view.facility.facilityId : undefined}
                disabled={!isFree(seat)}
                onChange={(person) =>
                  put(
                    draft.seats.filter((one) => one.seat !== seat),
                    seat,
                    person,
                  )
                }
              />
            )}
          </Field>
        ))}
        <Field label={t('demonstrations:seat.expert')} wide>
          {(control) => (
            <>
              <Chips
                items={experts.map((one) => {
                  const person = personOf(one);
                  return {
                    key: `${one.accountId} ${one.facilityId}`,
                    text: person ? `${person.name} · ${person.facilityName}` : '',
                    remove: () => onChange({ seats: draft.seats.filter((other) => other !== one) }),
                  };
                })}
                disabled={!isOpen('seats')}
              />
              {isOpen('seats') && (
                <PersonPicker
                  control={control}
                  value={undefined}
                  onChange={(person) =>
                    person && !experts.some((one) => one.accountId === person.accountId)
                      ? put(draft.seats, 'expert', person)
                      : undefined
                  }
                />
              )}
            </>
          )}
        </Field>
      </div>
    </section>
  );
}

/** Names, each of which can be taken out again. */
export function Chips({
  items,
  disabled,
}: {
  items: readonly { key: string; text: string; remove: () => void }[];
  disabled: boolean;
}) {
  const t = useTexts();
  if (items.length === 0) return disabled ? <p>{t('demonstrations:pick.nobody')}</p> : null;
  return (
    <ul className="demonstration-chips">
      {items.map(({ key, text, remove }) => (
        <li key={key} className="tag">
          {text}
          {!disabled && (
            <button type="button" aria-label={t('demonstrations:pick.remove', { name: text })} onClick={remove}>
              ×
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
