import { Button } from 'antd';
import { useState } from 'react';
import type { ManagedPersonView, PersonWithLink } from '../../server/contract/people.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { ProposeRole } from './propose-role.tsx';
import { usePersonActs } from './use-person-acts.ts';

/** What may be done with an account now, each after a question. */
export function PersonActs({ person, onLink }: { person: ManagedPersonView; onLink: (made: PersonWithLink) => void }) {
  const t = useTexts();
  const [asking, setAsking] = useState<'disable' | 'reset-factor' | 'propose-role'>();
  const close = () => setAsking(undefined);
  const acts = usePersonActs(person, { onLink, onDone: close });
  const { name, actions } = person;
  // Read by administrators later, not by the person.
  const wording = {
    label: t('reasonLabel'),
    placeholder: t('accounts:acts.reasonPlaceholder'),
    missing: t('failures:reason.reason-missing'),
  };
  return (
    <div className="person-acts">
      {actions.includes('make-link') && (
        <Button loading={acts.isLinking} onClick={acts.makeLink}>
          {t(`accounts:acts.${acts.link}`)}
        </Button>
      )}
      {actions.includes('reactivate') && (
        <Button loading={acts.isReactivating} onClick={acts.reactivate}>
          {t('accounts:acts.reactivate')}
        </Button>
      )}
      {actions.includes('reset-factor') && (
        <Button onClick={() => setAsking('reset-factor')}>{t('secondFactor:reset.act')}</Button>
      )}
      {actions.includes('propose-role') && (
        <Button onClick={() => setAsking('propose-role')}>{t('policies:propose.platform-role')}</Button>
      )}
      {actions.includes('disable') && (
        <Button danger onClick={() => setAsking('disable')}>
          {t('accounts:acts.disable')}
        </Button>
      )}
      {asking === 'propose-role' && <ProposeRole person={person} onClose={close} />}
      {asking === 'reset-factor' && (
        <ReasonDialog
          title={t('secondFactor:reset.act')}
          text={t('secondFactor:reset.text', { name })}
          confirm={t('secondFactor:reset.act')}
          danger
          wording={wording}
          onConfirm={acts.resetFactor}
          onClose={close}
        />
      )}
      {asking === 'disable' && (
        <ReasonDialog
          title={t('accounts:acts.disable')}
          text={t('accounts:acts.disableText', { name })}
          confirm={t('accounts:acts.disable')}
          danger
          wording={wording}
          onConfirm={acts.disable}
          onClose={close}
        />
      )}
    </div>
  );
}
