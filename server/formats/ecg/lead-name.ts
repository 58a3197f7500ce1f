import type { EcgCode } from './record.ts';

/**
 * Lead numbers of SCP-ECG (EN 1064 table 5), which DICOM's code schemes SCPECG (`5.6.3-9-<n>`) and MDC (`2:<n>`) share: PS3.16 CID 3001.
 */
const BY_NUMBER = new Map([
  ...['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6', 'V7', 'V2R', 'V3R', 'V4R', 'V5R', 'V6R', 'V7R', 'X', 'Y', 'Z'].map(
    (name, index) => [index + 1, name] as const,
  ),
  ...['III', 'aVR', 'aVL', 'aVF', '-aVR', 'V8', 'V9', 'V8R', 'V9R'].map((name, index) => [index + 61, name] as const),
]);

const NAMES = new Map([...BY_NUMBER.values()].map((name) => [name.toUpperCase(), name]));
const WORD = /-?[A-Z]+\d?R?(?![A-Z0-9])/g;

/**
 * The usual name of a lead. The code decides; a code that is unknown gives way to its meaning ("Lead I (Einthoven)"), then
 * to the channel's label. undefined: none of them names a lead of the ECG.
 */
export function leadName(source: EcgCode, label: string): string | undefined {
  return byCode(source) ?? byText(source.meaning) ?? byText(label);
}

/** Whether it is one that {@link leadName} gives, not what somebody called a channel. */
export const isLeadName = (name: string): boolean => NAMES.has(name.toUpperCase());

function byCode({ value, scheme }: EcgCode): string | undefined {
  const number = scheme === 'SCPECG' ? /^5\.6\.3-9-(\d+)$/.exec(value) : /^2:(\d+)$/.exec(value);
  if (number !== null && (scheme === 'SCPECG' || scheme === 'MDC')) return BY_NUMBER.get(Number(number[1]));
  const mdc = /^MDC_ECG_LEAD_(.+)$/.exec(value);
  return mdc === null ? undefined : NAMES.get(mdc[1] ?? '');
}

/** `I`, `lead aVR`, `ECG Lead V1`, `Lead I (Einthoven)`; not "Ia", not "Volume V1 of 3". */
function byText(text: string): string | undefined {
  const named = /^(?:ECG )?(?:LEAD )?([^()]*?) ?(?:\(.*\))?$/.exec(text.trim().toUpperCase())?.[1] ?? '';
  return named.match(WORD)?.length === 1 ? NAMES.get(named) : undefined;
}
