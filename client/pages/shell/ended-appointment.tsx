import { useMutation } from '@tanstack/react-query';
import { PlainSheet } from '../../accounts/plain-sheet.tsx';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { interrupt } from '../../api/interruptions.ts';
import { useSession } from '../../api/session.tsx';
import { failureText } from '../../i18n/failure-text.ts';
import { useTexts } from '../../i18n/use-texts.ts';

/** The appointment that the person acted in has run out, or was ended: they go on in another one, or sign out. */
export function EndedAppointment() {
  const t = useTexts();
  const { person, appointments } = useSession();
  const leave = useMutation({
    async mutationFn(appointmentId: string | undefined): Promise<void> {
      if (appointmentId === undefined) await call('session:close');
      else await call('session:switch', { body: { appointmentId } });
    },
    onSuccess: (_, appointmentId) =>
      interrupt(
        appointmentId === undefined ? { kind: 'session-ended', reason: 'signed-out' } : { kind: 'appointment-left' },
      ),
  });
  const text = appointments.length > 0 ? 'appointments:ended.others' : 'appointments:ended.none';
  return (
    <PlainSheet
      title={t('appointments:ended.title')}
      text={t(text, { facility: person.facilityName, role: t(`terms:role.${person.role}`) })}
    >
      {leave.error && <p role="alert">{failureText(toFailure(leave.error))}</p>}
      <div className="plain-sheet-acts">
        {appointments.map(({ appointmentId, facilityName, department, role }) => (
          <button
            key={appointmentId}
            type="button"
            className="button button-primary"
            disabled={leave.isPending}
            onClick={() => leave.mutate(appointmentId)}
          >
            {[facilityName, department, t(`terms:role.${role}`)].filter(Boolean).join(' · ')}
          </button>
        ))}
        <button type="button" className="button" disabled={leave.isPending} onClick={() => leave.mutate(undefined)}>
          {t('shell:signOut')}
        </button>
      </div>
    </PlainSheet>
  );
}
