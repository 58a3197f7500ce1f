import type { TrackRef } from '../../server/contract/demonstration-live.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** How a picture is called: by what it shows, and by its label where it has one. */
export function useTrackName(): (ref: Pick<TrackRef, 'source' | 'label'>, who?: string) => string {
  const t = useTexts();
  return ({ source, label }, who) => {
    const shows = t(`demonstrationHall:source.${source}`);
    const called = label ?? who ?? '';
    // The theatre's own label begins with what is shown, unless somebody has chosen another.
    return called.startsWith(shows) ? called : [shows, called].filter(Boolean).join(' · ');
  };
}
