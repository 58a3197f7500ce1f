import i18next from 'i18next';
import type { SlideView } from '../../server/contract/pathology.ts';

export type Associated = SlideView['associated'][number];

export interface AssociatedDialog {
  /** @param address of the picture */
  open(picture: Associated, address: string): void;
  dispose(): void;
}

/** The slide's label or the picture of the whole glass, before the review and apart from it: it may bear the patient's name. */
export function createAssociatedDialog(host: HTMLElement): AssociatedDialog {
  const dialog = document.createElement('dialog');
  dialog.className = 'slide-associated';
  dialog.dataset['testid'] = 'slide-associated';
  const title = document.createElement('h2');
  const note = document.createElement('p');
  const fault = document.createElement('p');
  fault.setAttribute('role', 'alert');
  const image = document.createElement('img');
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'button';
  close.addEventListener('click', () => dialog.close());
  image.addEventListener('error', () => {
    image.hidden = true;
    fault.hidden = false;
  });
  // The review's overlay and the slide take every press that reaches the lightbox.
  for (const type of ['pointerdown', 'pointermove', 'wheel'] as const)
    dialog.addEventListener(type, (event) => event.stopPropagation());
  dialog.addEventListener('close', () => {
    image.removeAttribute('src');
    host.focus({ preventScroll: true });
  });
  dialog.append(title, image, fault, note, close);
  host.append(dialog);
  return {
    open({ kind, width, height }, address) {
      const name = i18next.t(`pathology:associated.${kind}`);
      title.textContent = name;
      note.textContent = i18next.t('pathology:associated.note');
      // It shows nothing but tissue, and everybody may see it.
      note.hidden = kind === 'thumbnail';
      fault.textContent = i18next.t('pathology:associated.fault');
      close.textContent = i18next.t('pathology:associated.close');
      image.alt = name;
      image.width = width;
      image.height = height;
      image.hidden = false;
      fault.hidden = true;
      image.src = address;
      dialog.showModal();
    },
    dispose: () => dialog.remove(),
  };
}
