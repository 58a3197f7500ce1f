import { Button, Drawer, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { useDiscardGuard } from './use-discard-guard.ts';

/** Something new is filled in beside the page, and sent by the button below. Closing asks first where something was filled in. */
export function FormDrawer({
  title,
  submit,
  form,
  isBusy,
  onClose,
  children,
}: {
  title: string;
  submit: string;
  form: Pick<FormInstance, 'submit' | 'isFieldsTouched'>;
  isBusy: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const t = useTexts();
  const close = useDiscardGuard(() => form.isFieldsTouched() && !isBusy, onClose);
  return (
    <Drawer
      open
      title={title}
      size={480}
      onClose={close}
      mask={{ closable: false }}
      footer={
        <div className="person-acts">
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" loading={isBusy} onClick={() => form.submit()}>
            {submit}
          </Button>
        </div>
      }
    >
      {children}
    </Drawer>
  );
}
