import type { EcgGroup, EcgRecord } from '../../server/formats/ecg/record.ts';
import { lastStartS, layOutSheet } from './layout.ts';
import type { Sheet } from './paper.ts';
import { type Trace, tracesOf } from './trace.ts';
import { settingOf, type View } from './view.ts';

/** A multiplex group made ready to be drawn. */
export interface OpenGroup extends EcgGroup {
  traces: readonly Trace[];
  durationS: number;
  /** Where its last sheet may begin. */
  lastStartS: number;
}

/** A record that has been read. */
export interface OpenEcg {
  readonly record: EcgRecord;
  /** undefined: it has no such group. */
  group(index: number): OpenGroup | undefined;
  /** The sheet that the view shows. */
  sheet(view: View): Sheet | undefined;
}

export function createOpenEcg(record: EcgRecord): OpenEcg {
  const groups = new Map<number, OpenGroup>();
  let latest: { look: string; sheet: Sheet } | undefined;
  const groupAt = (index: number): OpenGroup | undefined => {
    const known = groups.get(index);
    const group = record.groups[index];
    if (known || !group) return known;
    const durationS = group.sampleCount / group.sampleRateHz;
    const opened = { ...group, traces: tracesOf(group), durationS, lastStartS: lastStartS(group) };
    groups.set(index, opened);
    return opened;
  };
  return {
    record,
    group: groupAt,
    sheet(view) {
      const group = groupAt(view.target.group);
      if (!group) return undefined;
      const setting = settingOf(view);
      const look = JSON.stringify([view.target.group, view.startS, setting]);
      // Asked for many times a frame, by whatever lies above the picture.
      if (latest?.look !== look) {
        const { originality, traces } = group;
        latest = { look, sheet: layOutSheet({ originality, leads: traces }, setting, view.startS) };
      }
      return latest.sheet;
    },
  };
}

/** The group that comes up first: what the electrodes gave, not what the device computed from it; of several the one with most leads, then the longest. */
export function firstGroup({ groups }: EcgRecord): number {
  const size = ({ originality, leads, sampleCount, sampleRateHz }: EcgGroup): number[] => [
    originality === 'ORIGINAL' ? 1 : 0,
    leads.length,
    sampleCount / sampleRateHz,
  ];
  const isLarger = (a: number[], b: number[]): boolean => {
    const at = a.findIndex((value, index) => value !== b[index]);
    return at !== -1 && (a[at] ?? 0) > (b[at] ?? 0);
  };
  return groups.reduce((best, group, index) => {
    const known = groups[best];
    return known && isLarger(size(group), size(known)) ? index : best;
  }, 0);
}
