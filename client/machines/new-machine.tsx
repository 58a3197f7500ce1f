import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Checkbox, Form, Input, Select } from 'antd';
import type { MadeMachine, NewMachineInput } from '../../server/contract/machine.ts';
import type { PeopleChoices } from '../../server/contract/people.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { machinesQuery } from './queries.ts';
import { scopeKey } from './scope-key.ts';

const DAYS = [30, 90, 180, 366];

/** A machine is let into one facility's archive, for a time. */
export function NewMachine({
  choices: { facilities, machineScopes },
  onMade,
  onClose,
}: {
  choices: PeopleChoices;
  onMade: (made: MadeMachine) => void;
  onClose: () => void;
}) {
  const t = useTexts();
  const client = useQueryClient();
  const [form] = Form.useForm<NewMachineInput>();
  const make = useMutation({
    mutationFn: (body: NewMachineInput) => call('machine:make', { body }),
    onSuccess(made) {
      void client.invalidateQueries({ queryKey: machinesQuery.queryKey });
      onMade(made);
    },
  });
  const [only, ...others] = facilities;
  return (
    <FormDrawer
      title={t('machines:newTitle')}
      submit={t('machines:submit')}
      form={form}
      isBusy={make.isPending}
      onClose={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          scopes: machineScopes.slice(0, 1),
          days: 180,
          ...(only && others.length === 0 && { facilityId: only.facilityId }),
        }}
        scrollToFirstError={{ focus: true }}
        onFinish={(entry) => make.mutate(entry)}
      >
        <Form.Item
          name="name"
          label={t('machines:name')}
          extra={t('machines:nameHint')}
          rules={[{ required: true, whitespace: true, message: t('machines:nameMissing') }]}
        >
          <Input maxLength={64} autoFocus />
        </Form.Item>
        <Form.Item
          name="facilityId"
          label={t('machines:facility')}
          rules={[{ required: true, message: t('machines:facilityMissing') }]}
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={facilities.map(({ facilityId, name }) => ({ value: facilityId, label: name }))}
          />
        </Form.Item>
        <Form.Item
          name="scopes"
          label={t('machines:scopes')}
          extra={t(machineScopes.includes('archive:read') ? 'machines:scopesHint' : 'machines:scopesHintPlatform')}
          // antd would name a group as required, which no group can be.
          rules={[{ type: 'array', min: 1, message: t('machines:scopesMissing') }]}
        >
          <Checkbox.Group
            options={machineScopes.map((value) => ({ value, label: t(`machines:scope.${scopeKey(value)}`) }))}
          />
        </Form.Item>
        <Form.Item name="days" label={t('machines:days')}>
          <Select options={DAYS.map((value) => ({ value, label: t('machines:daysOf', { count: value }) }))} />
        </Form.Item>
      </Form>
      {make.error && <FailureNotice failure={toFailure(make.error)} />}
    </FormDrawer>
  );
}
