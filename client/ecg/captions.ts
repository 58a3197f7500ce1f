import i18next from 'i18next';
import type { EcgGroup } from '../../server/formats/ecg/record.ts';
import { summarizeFilters } from './filters.ts';
import type { OpenEcg, OpenGroup } from './open-ecg.ts';
import { SHEET_S } from './paper.ts';
import type { View } from './view.ts';

/** What stands around the paper: never a name, so that a key image can be shown to anybody. */
export interface Captions {
  /** When and from where the record is. */
  record: string;
  /** Leads that are off the device's scale somewhere; ''. */
  offScale: string;
  /** How it is drawn. */
  setting: string;
  /** Which part of it. */
  position: string;
  /** How large it is; `true`: millimetres are millimetres. */
  scale: { text: string; kind: 'true' | 'scaled' | 'assumed' };
}

export interface CaptionParts {
  view: View;
  ecg: OpenEcg;
  group: OpenGroup;
  /** Millimetres of the screen for one of the paper; undefined: nobody measured the screen. */
  magnification: number | undefined;
}

export function captionsOf({ view, ecg, group, magnification }: CaptionParts): Captions {
  const t = i18next.getFixedT(null, 'ecg');
  const { acquiredAt, electrodePlacement } = ecg.record.facts;
  const seconds = (value: number): string => String(Number(value.toFixed(1)));
  const off = group.traces.filter(({ offScale }) => offScale.length > 0).map(({ name }) => name);
  return {
    record: joined([
      acquiredText(acquiredAt),
      groupNames(ecg.record.groups)[view.target.group] ?? '',
      electrodePlacement,
    ]),
    offScale: off.length === 0 ? '' : t('corner.offScale', { leads: off.join(' ') }),
    setting: settingText(view, group),
    position: t('corner.position', {
      from: seconds(view.startS),
      to: seconds(Math.min(view.startS + SHEET_S, group.durationS)),
      whole: seconds(group.durationS),
    }),
    scale: scaleText(magnification),
  };
}

/** Speed, gain, layout and what the device had filtered out: the line that every drawing of an ECG must bear. */
export function settingText({ layout, speedMmPerS, gainMmPerMv }: View, group: OpenGroup): string {
  return joined([
    `${speedMmPerS} mm/s`,
    `${gainMmPerMv} mm/mV`,
    i18next.t(`ecg:layout.${layout}`),
    filterText(group.leads),
    derivedText(group.leads),
  ]);
}

/** The leads that the file does not have: whoever measures on them measures what was computed. */
function derivedText(leads: OpenGroup['leads']): string {
  const names = leads.filter(({ formula }) => formula !== '').map(({ name }) => name);
  return names.length === 0 ? '' : i18next.t('ecg:corner.derivedLeads', { leads: names.join(' ') });
}

/** Each group of a record by what it is; of several of one name by their leads and length too. */
export function groupNames(groups: readonly EcgGroup[]): string[] {
  const names = groups.map(groupName);
  return names.map((name, index) => {
    const group = groups[index];
    if (!group || names.filter((other) => other === name).length === 1) return name;
    const leads = group.leads.map((lead) => lead.name);
    const seconds = Number((group.sampleCount / group.sampleRateHz).toFixed(1));
    const listed =
      leads.length > MAX_LISTED_LEADS ? i18next.t('ecg:group.leads', { count: leads.length }) : leads.join(' ');
    const told = i18next.t('ecg:group.told', { name, leads: listed, seconds });
    const same = names.slice(0, index).filter((other) => other === name).length;
    return `${told} (${same + 1})`;
  });
}

const MAX_LISTED_LEADS = 4;

/** `RHYTHM` as people say it; the device's own word for what else there is. */
function groupName({ originality, label }: EcgGroup, index: number): string {
  const name = label.toUpperCase();
  if (originality === 'DERIVED') {
    return name === '' || name.includes('MEDIAN')
      ? i18next.t('ecg:group.median')
      : i18next.t('ecg:group.derived', { label });
  }
  return name === '' || name === 'RHYTHM' ? i18next.t('ecg:group.rhythm') : label || String(index + 1);
}

/** Within this, the screen shows true millimetres for every purpose. */
const TRUE_TO = 0.002;

function scaleText(magnification: number | undefined): Captions['scale'] {
  if (magnification === undefined) return { text: i18next.t('ecg:corner.assumed'), kind: 'assumed' };
  if (Math.abs(magnification - 1) < TRUE_TO) return { text: i18next.t('ecg:corner.trueSize'), kind: 'true' };
  return { text: i18next.t('ecg:corner.scaled', { percent: Math.round(magnification * 100) }), kind: 'scaled' };
}

function filterText(leads: OpenGroup['leads']): string {
  const filters = summarizeFilters(leads);
  if (filters === 'unknown' || filters === 'mixed') return i18next.t(`ecg:filter.${filters}`);
  const { lowHz, highHz, notchHz } = filters;
  const band =
    lowHz !== null && highHz !== null ? `${lowHz}–${highHz} Hz` : lowHz !== null ? `≥ ${lowHz} Hz` : `≤ ${highHz} Hz`;
  return joined([
    lowHz === null && highHz === null ? '' : i18next.t('ecg:filter.band', { band }),
    notchHz === null ? '' : i18next.t('ecg:filter.notch', { hz: notchHz }),
  ]);
}

/** DICOM's DT (or DA and TM together) as `2013-01-25 10:59:19`: the device's own clock, shifted into no zone. */
export function acquiredText(dateTime: string): string {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?/.exec(dateTime) ?? [];
  if (year === undefined) return i18next.t('ecg:corner.noTime');
  const date = [year, month, day].filter((part) => part !== undefined).join('-');
  const time = [hour, minute, second].filter((part) => part !== undefined).join(':');
  return time === '' ? date : `${date} ${time}`;
}

function joined(parts: string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
