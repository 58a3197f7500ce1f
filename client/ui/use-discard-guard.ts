import { App } from 'antd';
import { useEffect, useRef } from 'react';
import { useTexts } from '../i18n/use-texts.ts';

/**
 * For a form that is saved by its button: closing it, or the window, asks first where something in it is not saved.
 * @returns what closes the form.
 */
export function useDiscardGuard(hasUnsaved: () => boolean, onClose: () => void): () => void {
  const t = useTexts();
  const { modal } = App.useApp();
  const latest = useRef(hasUnsaved);
  latest.current = hasUnsaved;
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (latest.current()) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, []);
  return () => {
    if (!hasUnsaved()) return onClose();
    modal.confirm({
      title: t('discard.title'),
      content: t('discard.text'),
      okText: t('discard.discard'),
      okButtonProps: { danger: true },
      cancelText: t('discard.keep'),
      autoFocusButton: 'cancel',
      onOk: onClose,
    });
  };
}
