import { App, Dropdown, Spin } from 'antd';
import { useNavigate } from 'react-router';
import { useSession } from '../../api/session.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { PersonIcon } from '../../ui/icons.tsx';
import { UnsavedDialog } from './unsaved-dialog.tsx';
import { useLeaving } from './use-leaving.tsx';

export function PersonMenu() {
  const t = useTexts();
  const { person, appointments, appointmentId } = useSession();
  const { modal } = App.useApp();
  const navigate = useNavigate();
  const { state, leave, stay, discard } = useLeaving();
  const others = appointments.filter((one) => one.appointmentId !== appointmentId);

  function confirmEverywhere() {
    modal.confirm({
      title: t('shell:signOutEverywhere'),
      content: t('shell:signOutEverywhereConfirm'),
      okText: t('shell:signOutEverywhere'),
      cancelText: t('cancel'),
      okButtonProps: { danger: true },
      onOk: () => void leave({ kind: 'out', everywhere: true }),
    });
  }

  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            {
              key: 'person',
              type: 'group',
              label: [person.facilityName, person.title, t(`terms:role.${person.role}`)].filter(Boolean).join(' · '),
            },
            ...(others.length === 0
              ? []
              : [
                  {
                    key: 'switch',
                    type: 'group' as const,
                    label: t('shell:switch'),
                    children: others.map((one) => ({
                      key: one.appointmentId,
                      label: [one.facilityName, one.department, t(`terms:role.${one.role}`)]
                        .filter(Boolean)
                        .join(' · '),
                      onClick: () => void leave({ kind: 'switch', appointmentId: one.appointmentId }),
                    })),
                  },
                ]),
            { type: 'divider' },
            { key: 'account', label: t('shell:ownAccount'), onClick: () => void navigate('/account') },
            { key: 'out', label: t('shell:signOut'), onClick: () => void leave({ kind: 'out', everywhere: false }) },
            { key: 'everywhere', label: t('shell:signOutEverywhere'), onClick: confirmEverywhere },
          ],
        }}
      >
        <button
          type="button"
          className="button button-quiet person-button"
          aria-label={[t('shell:person'), person.name, others.length > 0 && person.facilityName]
            .filter(Boolean)
            .join(' ')}
        >
          <PersonIcon />
          <span className="person-name">{person.name}</span>
          {others.length > 0 && <span className="person-facility">{person.facilityName}</span>}
        </button>
      </Dropdown>
      {state.kind === 'saving' && <Spin fullscreen description={t('shell:unsaved.saving')} />}
      <UnsavedDialog
        state={state}
        onSave={(leaving) => void leave(leaving)}
        onStay={stay}
        onDiscard={(leaving) => void discard(leaving)}
      />
    </>
  );
}
