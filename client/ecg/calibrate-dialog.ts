import i18next from 'i18next';
import { BANK_CARD_MM, forgetScreenSize, keepCardWidth, readScreenSize } from './screen-size.ts';

/** From a wall projection to a finely divided telephone, CSS pixels of a card. */
const MIN_CARD_PX = 120;
const MAX_CARD_PX = 900;
const STEP_PX = 0.5;

/**
 * Asks the person to hold a bank card against the screen. Resolves once the dialog is closed: whether the screen is known now.
 * Modal, where it stands in the page: it takes the dark room's colours, and keys are its own.
 */
export function askForCard(host: HTMLElement): Promise<boolean> {
  const dialog = createDialog();
  const { slider, problem, parts } = createRuler();
  dialog.append(...parts, createActions(dialog, slider, problem));
  host.append(dialog);
  dialog.showModal();
  slider.focus();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(readScreenSize(localStorage, window).calibrated);
    });
  });
}

function createDialog(): HTMLDialogElement {
  const t = i18next.getFixedT(null, 'ecg');
  const dialog = document.createElement('dialog');
  dialog.className = 'ecg-calibration';
  dialog.dataset['testid'] = 'ecg-calibration';
  dialog.setAttribute('aria-label', t('calibrate.title'));
  for (const name of ['pointerdown', 'wheel', 'contextmenu'])
    dialog.addEventListener(name, (event) => event.stopPropagation());
  const title = document.createElement('h2');
  title.textContent = t('calibrate.title');
  const explanation = paragraph('');
  explanation.textContent = t('calibrate.text');
  dialog.append(title, explanation);
  return dialog;
}

/** The drawn card, and what makes it as wide as the real one. */
function createRuler() {
  const t = i18next.getFixedT(null, 'ecg');
  const card = document.createElement('div');
  card.className = 'ecg-card';
  card.dataset['testid'] = 'ecg-card';
  const room = document.createElement('div');
  room.className = 'ecg-card-room';
  room.append(card);
  const slider = document.createElement('input');
  slider.type = 'range';
  slider.min = String(MIN_CARD_PX);
  slider.max = String(MAX_CARD_PX);
  slider.step = String(STEP_PX);
  slider.setAttribute('aria-label', t('calibrate.slider'));
  slider.dataset['testid'] = 'ecg-card-width';
  const { cssPxPerMm } = readScreenSize(localStorage, window);
  slider.value = String(Math.round((cssPxPerMm * BANK_CARD_MM) / STEP_PX) * STEP_PX);
  const width = paragraph('ecg-card-width');
  const problem = paragraph('ecg-card-problem');
  problem.setAttribute('role', 'alert');
  const show = (): void => {
    card.style.width = `${slider.value}px`;
    width.textContent = t('calibrate.width', { px: slider.value });
    problem.textContent = '';
  };
  slider.addEventListener('input', show);
  show();
  return { slider, problem, parts: [room, slider, width, problem] };
}

function createActions(dialog: HTMLDialogElement, slider: HTMLInputElement, problem: HTMLElement): HTMLElement {
  const t = i18next.getFixedT(null, 'ecg');
  const save = button('button button-primary', t('calibrate.save'), () => {
    if (keepCardWidth(localStorage, window, Number(slider.value))) dialog.close();
    else problem.textContent = t('calibrate.implausible');
  });
  save.dataset['testid'] = 'ecg-calibration-save';
  const forget = button('button button-quiet', t('calibrate.forget'), () => {
    forgetScreenSize(localStorage, window);
    dialog.close();
  });
  forget.hidden = !readScreenSize(localStorage, window).calibrated;
  const cancel = button('button', i18next.t('common:cancel'), () => dialog.close());
  const actions = document.createElement('div');
  actions.className = 'ecg-calibration-actions';
  actions.append(forget, cancel, save);
  return actions;
}

function paragraph(className: string): HTMLParagraphElement {
  const element = document.createElement('p');
  element.className = className;
  return element;
}

function button(className: string, label: string, onClick: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = className;
  element.textContent = label;
  element.addEventListener('click', onClick);
  return element;
}
