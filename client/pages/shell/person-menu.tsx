import { App, Dropdown, Spin } from 'antd';
import { useNavigate } from 'react-router';
import { useSession } from '../../api/session.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { PersonIcon } from '../../ui/icons.tsx';
import { UnsavedDialog } from './unsaved-dialog.tsx';
import { useSignOut } from './use-sign-out.tsx';

export function PersonMenu() {
  const t = useTexts();
  const { person } = useSession();
  const { modal } = App.useApp();
  const navigate = useNavigate();
  const { state, signOut, stay, discard } = useSignOut();

  function confirmEverywhere() {
    modal.confirm({
      title: t('shell:signOutEverywhere'),
      content: t('shell:signOutEverywhereConfirm'),
      okText: t('shell:signOutEverywhere'),
      cancelText: t('cancel'),
      okButtonProps: { danger: true },
      onOk: () => void signOut(true),
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
            { type: 'divider' },
            { key: 'account', label: t('shell:ownAccount'), onClick: () => void navigate('/account') },
            { key: 'out', label: t('shell:signOut'), onClick: () => void signOut(false) },
            { key: 'everywhere', label: t('shell:signOutEverywhere'), onClick: confirmEverywhere },
          ],
        }}
      >
        <button
          type="button"
          className="button button-quiet person-button"
          aria-label={`${t('shell:person')} ${person.name}`}
        >
          <PersonIcon />
          <span className="person-name">{person.name}</span>
        </button>
      </Dropdown>
      {state.kind === 'saving' && <Spin fullscreen description={t('shell:unsaved.saving')} />}
      <UnsavedDialog
        state={state}
        onSave={(everywhere) => void signOut(everywhere)}
        onStay={stay}
        onDiscard={(everywhere) => void discard(everywhere)}
      />
    </>
  );
}
