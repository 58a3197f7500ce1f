import { Button, Drawer, type FormInstance } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
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
      // It would take the focus from the field that has it.
      autoFocus={false}
      footer={
        <div className="person-acts">
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" loading={isBusy} onClick={() => form.submit()}>
            {submit}
          </Button>
        </div>
      }
    >
      <FromFirstField>{children}</FromFirstField>
    </Drawer>
  );
}

/** Whoever opens a form begins to type. */
function FromFirstField({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.querySelector<HTMLElement>('input, textarea')?.focus({ preventScroll: true }), []);
  return <div ref={place}>{children}</div>;
}
