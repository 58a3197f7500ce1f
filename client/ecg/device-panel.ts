import i18next from 'i18next';
import type { EcgDevice, EcgMeasurement } from '../../server/formats/ecg/record.ts';

export interface DevicePanel {
  /** undefined: closed. */
  draw(device: EcgDevice | undefined): void;
  dispose(): void;
}

/** What the device says of the record, under its own heading: nobody here has confirmed it, and nobody here measured it. */
export function createDevicePanel(host: HTMLElement, onClose: () => void): DevicePanel {
  const panel = document.createElement('section');
  panel.className = 'ecg-device';
  panel.dataset['testid'] = 'ecg-device';
  panel.hidden = true;
  // A press or a turn of the wheel here is not meant for the paper below.
  for (const name of ['pointerdown', 'wheel', 'contextmenu'])
    panel.addEventListener(name, (event) => event.stopPropagation());
  host.append(panel);
  let drawn: { device: EcgDevice; language: string } | undefined;

  return {
    draw(device) {
      panel.hidden = device === undefined;
      if (!device || (drawn?.device === device && drawn.language === i18next.language)) return;
      drawn = { device, language: i18next.language };
      panel.replaceChildren(head(onClose), ...body(device));
      panel.setAttribute('aria-label', i18next.t('ecg:device.title'));
    },
    dispose: () => panel.remove(),
  };
}

function head(onClose: () => void): HTMLElement {
  const header = document.createElement('header');
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'ecg-device-close';
  close.textContent = '×';
  close.setAttribute('aria-label', i18next.t('common:close'));
  close.addEventListener('click', onClose);
  header.append(text('h2', i18next.t('ecg:device.title')), close);
  return header;
}

function body({ measurements, statements }: EcgDevice): HTMLElement[] {
  if (measurements.length + statements.length === 0) return [text('p', i18next.t('ecg:device.nothing'))];
  const parts: HTMLElement[] = [];
  if (measurements.length > 0) {
    const list = document.createElement('dl');
    for (const measurement of measurements) {
      const row = document.createElement('div');
      row.append(text('dt', nameOf(measurement)), text('dd', valueText(measurement)));
      list.append(row);
    }
    parts.push(text('h3', i18next.t('ecg:device.measurements')), list);
  }
  if (statements.length > 0) {
    const list = document.createElement('ul');
    list.append(...statements.map((statement) => text('li', statement)));
    parts.push(text('h3', i18next.t('ecg:device.statements')), list);
  }
  return parts;
}

function nameOf({ quantity, concept }: EcgMeasurement): string {
  return quantity === null ? concept.meaning || concept.value : i18next.t(`ecg:device.quantity.${quantity}`);
}

export function valueText({ quantity, values, unit }: EcgMeasurement): string {
  const isAxis = quantity?.endsWith('-axis') ?? false;
  // An interval or a rate of 0 is how devices write that they found none.
  const missing = quantity !== null && !isAxis && values.every((value) => value <= 0);
  if (values.length === 0 || missing) return '–';
  return `${values.join(' / ')}${unitText(unit)}`;
}

function unitText(unit: string): string {
  if (unit === '' || unit === '1') return '';
  if (unit === 'deg') return '°';
  if (unit === '{H.B.}/min' || unit === '/min' || unit === '{beats}/min')
    return ` ${i18next.t('ecg:device.perMinute')}`;
  return ` ${unit}`;
}

function text(tag: string, words: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = words;
  return element;
}
