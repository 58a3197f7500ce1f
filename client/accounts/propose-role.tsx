import { useQueryClient } from '@tanstack/react-query';
import { App, Select } from 'antd';
import { useState } from 'react';
import { Role } from '../../server/contract/account.ts';
import type { Failure } from '../../server/contract/failure.ts';
import type { ManagedPersonView } from '../../server/contract/people.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { policiesQuery } from '../policies/policies-data.ts';
import { ReasonDialog } from '../ui/reason-dialog.tsx';

/** Asks for one of the platform's offices to be given to, or taken from, a person; somebody else confirms it. */
export function ProposeRole({ person, onClose }: { person: ManagedPersonView; onClose: () => void }) {
  const t = useTexts();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [role, setRole] = useState<Role>(person.role);
  const { accountId, name } = person;

  async function propose(reason: string): Promise<Failure | undefined> {
    try {
      await call('proposal:make', { body: { subject: 'platform-role', accountId, role, reason } });
    } catch (thrown) {
      return toFailure(thrown);
    }
    onClose();
    message.success(t('policies:proposed'));
    await client.invalidateQueries({ queryKey: policiesQuery.queryKey });
    return undefined;
  }

  return (
    <ReasonDialog
      title={t('policies:propose.platform-role')}
      text={t('policies:role.text', { name })}
      confirm={t('policies:submit')}
      // Read by whoever confirms it.
      wording={{
        label: t('reasonLabel'),
        placeholder: t('accounts:acts.reasonPlaceholder'),
        missing: t('failures:reason.reason-missing'),
      }}
      onConfirm={propose}
      onClose={onClose}
    >
      <Select
        aria-label={t('policies:role.to')}
        style={{ width: '100%' }}
        value={role}
        options={Role.options.map((value) => ({ value, label: t(`terms:role.${value}`) }))}
        onChange={setRole}
      />
    </ReasonDialog>
  );
}
