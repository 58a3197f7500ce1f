import { type ReactNode, useCallback } from 'react';
import './modal-dialog.css';

/**
 * The browser's own modal dialog, where it stands in the page: it takes the tone of its surroundings, which a portal at the
 * end of the document would not in the dark room. Escape closes; focus is kept inside by the browser.
 */
export function ModalDialog({ label, onClose, children }: { label: string; onClose: () => void; children: ReactNode }) {
  const open = useCallback((element: HTMLDialogElement | null) => {
    if (element && !element.open) element.showModal();
  }, []);
  return (
    <dialog
      ref={open}
      className="modal-dialog"
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      {children}
    </dialog>
  );
}
