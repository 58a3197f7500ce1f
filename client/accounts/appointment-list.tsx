import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import type { ManagedAppointmentView } from '../../server/contract/appointments.ts';
import type { ManagedPersonView, PeopleChoices } from '../../server/contract/people.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { EditAppointment } from './edit-appointment.tsx';
import { keepPerson, personQuery } from './people-data.ts';
import './person-state.css';

/** A person's appointments at the facilities that the administrator answers for, and what may be done with each. */
export function AppointmentList({ person, choices }: { person: ManagedPersonView; choices: PeopleChoices }) {
  const t = useTexts();
  const client = useQueryClient();
  const { modal, message } = App.useApp();
  const [edited, setEdited] = useState<ManagedAppointmentView>();
  const change = useMutation({
    mutationFn: ({ act, one: { appointmentId, revision } }: { act: 'end' | 'resume'; one: ManagedAppointmentView }) =>
      call(`appointment:${act}`, { params: { appointmentId }, body: { revision } }),
    onSuccess: (now) => keepPerson(client, now),
    onError(error) {
      message.error(failureText(toFailure(error)));
      void client.invalidateQueries({ queryKey: personQuery(person.accountId).queryKey });
    },
  });
  const ask = (act: 'end' | 'resume', one: ManagedAppointmentView) =>
    modal.confirm({
      title: t(`appointments:${act}`),
      content: t(`appointments:${act}Text`, { name: person.name, facility: one.facilityName }),
      okText: t(`appointments:${act}`),
      cancelText: t('cancel'),
      okButtonProps: { danger: act === 'end' },
      onOk: () => change.mutateAsync({ act, one }).catch(() => undefined),
    });
  return (
    <section className="appointments" aria-labelledby="appointments-title">
      <h2 id="appointments-title">{t('appointments:title')}</h2>
      <ul>
        {person.appointments.map((one) => (
          <li key={one.appointmentId}>
            <AppointmentLine one={one} />
            <span className="appointment-acts">
              {one.actions.includes('edit') && (
                <Button size="small" onClick={() => setEdited(one)}>
                  {t('appointments:edit')}
                </Button>
              )}
              {one.actions.includes('end') && (
                <Button size="small" danger onClick={() => ask('end', one)}>
                  {t('appointments:end')}
                </Button>
              )}
              {one.actions.includes('resume') && (
                <Button size="small" onClick={() => ask('resume', one)}>
                  {t('appointments:resume')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {edited && <EditAppointment appointment={edited} choices={choices} onClose={() => setEdited(undefined)} />}
    </section>
  );
}

function AppointmentLine({ one }: { one: ManagedAppointmentView }) {
  const t = useTexts();
  const formats = useFormats();
  const { facilityName, department, role, title, fromDay, toDay, state, isMain, endedAt } = one;
  const days = [
    fromDay && t('appointments:from', { day: formats.day(fromDay) }),
    toDay && t('appointments:to', { day: formats.day(toDay) }),
    endedAt && t('appointments:endedAt', { at: formats.moment(endedAt) }),
  ].filter(Boolean);
  return (
    <div>
      <div>
        {[facilityName, department].filter(Boolean).join(' · ')}{' '}
        <span className="person-state" data-state={STATES[state]}>
          {t(`appointments:state.${state}`)}
        </span>
      </div>
      <div className="person-note">
        {[t(`terms:role.${role}`), title, isMain && t('appointments:main'), ...days].filter(Boolean).join(' · ')}
      </div>
    </div>
  );
}

/** Drawn as states of accounts are. */
const STATES = { upcoming: 'invited', 'in-force': 'active', ended: 'disabled' } as const;
