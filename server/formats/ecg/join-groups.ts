import type { EcgGroup, EcgLead } from './record.ts';

/** A record of this length in pieces is one acquisition; pieces further apart are several. */
const MAX_JOINED_S = 60;
/** Stands for "no sample here" where the device names no count of its own: no device reaches it. */
const NO_SAMPLE = -(2 ** 31);

/** Where a group of the file has gone. */
export interface JoinedPlace {
  group: number;
  /** What its own times are later by. */
  laterS: number;
}

/**
 * Puts multiplex groups of one acquisition together: a twelve-lead machine may store 4 groups of 3 leads, 2.5 s each, and a rhythm
 * strip. Every lead keeps its own time (Multiplex Group Time Offset (0018,1068)); a group that repeats a lead without being longer
 * is another acquisition. What the device computed stays apart.
 */
export function joinGroups(groups: readonly EcgGroup[]): { groups: EcgGroup[]; places: JoinedPlace[] } {
  const parts: number[][] = [];
  for (const [index, group] of groups.entries()) {
    const open = parts.findLast(([first = 0]) => groups[first]?.originality === 'ORIGINAL');
    if (
      open &&
      belongs(
        group,
        open.map((at) => groups[at] as EcgGroup),
      )
    )
      open.push(index);
    else parts.push([index]);
  }
  const places: JoinedPlace[] = [];
  const joined = parts.map((part, at) => {
    const members = part.map((index) => groups[index] as EcgGroup);
    const beginS = Math.min(...members.map(({ startS }) => startS));
    for (const index of part) places[index] = { group: at, laterS: (groups[index]?.startS ?? 0) - beginS };
    return join(members, beginS);
  });
  return { groups: joined, places };
}

function belongs(group: EcgGroup, members: readonly EcgGroup[]): boolean {
  if (group.originality !== 'ORIGINAL' || group.sampleRateHz !== members[0]?.sampleRateHz) return false;
  const all = [...members, group];
  const beginS = Math.min(...all.map(({ startS }) => startS));
  if (Math.max(...all.map(endOf)) - beginS > MAX_JOINED_S) return false;
  const repeated = members.filter(({ leads }) =>
    leads.some(({ name }) => group.leads.some((one) => one.name === name)),
  );
  if (repeated.length === 0) return true;
  // A rhythm strip: the same leads once more, for longer.
  const names = new Set(members.flatMap(({ leads }) => leads.map(({ name }) => name)));
  return (
    group.leads.every(({ name }) => names.has(name)) &&
    repeated.every(({ sampleCount }) => sampleCount < group.sampleCount)
  );
}

function endOf({ startS, sampleCount, sampleRateHz }: EcgGroup): number {
  return startS + sampleCount / sampleRateHz;
}

function join(members: readonly EcgGroup[], beginS: number): EcgGroup {
  const [first] = members;
  if (!first) throw new Error('no group to join');
  if (members.length === 1) return first;
  const { sampleRateHz } = first;
  const shifts = members.map(({ startS }) => Math.floor((startS - beginS) * sampleRateHz + 1e-6));
  const sampleCount = Math.max(...members.map((member, index) => member.sampleCount + (shifts[index] ?? 0)));
  return {
    ...first,
    startS: beginS,
    sampleCount,
    triggerSample: null,
    otherChannels: members.flatMap(({ otherChannels }) => otherChannels),
    leads: members.flatMap(({ leads, startS }, index) => {
      const shift = shifts[index] ?? 0;
      // What a whole number of samples leaves over.
      const restS = startS - beginS - shift / sampleRateHz;
      return leads.map((lead) => ({ ...placed(lead, shift, sampleCount), skewS: lead.skewS + restS }));
    }),
  };
}

/** The lead's samples in a longer row, with nothing before and after them. */
function placed(lead: EcgLead, shift: number, sampleCount: number): EcgLead {
  if (shift === 0 && lead.counts.length === sampleCount) return lead;
  const paddingCount = lead.paddingCount ?? NO_SAMPLE;
  const isShort = lead.counts instanceof Int16Array && paddingCount >= -32_768 && paddingCount <= 32_767;
  const counts = isShort ? new Int16Array(sampleCount) : new Int32Array(sampleCount);
  counts.fill(paddingCount);
  counts.set(lead.counts, shift);
  return { ...lead, paddingCount, counts };
}
