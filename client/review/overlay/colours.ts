import type { ReviewSession } from '../session.ts';

/** Bright enough on every grey, told apart by people with the common colour vision deficiencies (after Okabe and Ito, lightened). */
const COLOURS = ['#ffd54a', '#5ad1f0', '#ff9e6b', '#a8dd7f', '#f59ac0', '#c3b1f5', '#8fb8ff', '#4fd6b8'];

/** The same hues, dark enough (4.5:1 and more) to be read on white paper. */
const ON_LIGHT = ['#7a6000', '#00627f', '#a33d00', '#35700a', '#b01c66', '#5b3fb5', '#1d4fbf', '#00705a'];

/** A person's colour as it is drawn on a picture of this ground. */
export function colourOn(ground: 'dark' | 'light', colour: string): string {
  return ground === 'dark' ? colour : (ON_LIGHT[COLOURS.indexOf(colour)] ?? '#000000');
}

/** One colour a person, the same on every screen that knows the same people. */
export function assignColours(accountIds: Iterable<string>): Map<string, string> {
  const taken = new Set<number>();
  const colours = new Map<string, string>();
  for (const accountId of [...new Set(accountIds)].sort()) {
    let index = hash(accountId) % COLOURS.length;
    if (taken.size < COLOURS.length) while (taken.has(index)) index = (index + 1) % COLOURS.length;
    taken.add(index);
    colours.set(accountId, COLOURS[index] ?? '#ffffff');
  }
  return colours;
}

/** Everybody's colour in one review. */
export interface PeopleColours {
  of(accountId: string): string;
  /** As it is drawn on this picture. */
  onPicture(accountId: string): string;
  /** Other people are there, or others have drawn. */
  assign(): void;
}

/** @param accountId whoever sits at this window. */
export function createPeopleColours(
  session: ReviewSession,
  accountId: string,
  ground: 'dark' | 'light',
): PeopleColours {
  let colours = new Map<string, string>();
  const of = (id: string): string => colours.get(id) ?? '#ffffff';
  return {
    of,
    onPicture: (id) => colourOn(ground, of(id)),
    assign() {
      const authors = session.annotations(() => true).map(({ authorId }) => authorId);
      colours = assignColours([accountId, ...session.state.peers.map((peer) => peer.accountId), ...authors]);
    },
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value ^= text.charCodeAt(index);
    value = Math.imul(value, 0x01000193);
  }
  return value >>> 0;
}
