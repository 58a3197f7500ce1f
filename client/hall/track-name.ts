import type { TrackRef } from '../../server/contract/demonstration-live.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** How a picture is called: by what it shows, and by its label where it has one. */
export function useTrackName(): (ref: Pick<TrackRef, 'source' | 'label'>, who?: string) => string {
  const t = useTexts();
  return ({ source, label }, who) =>
    [t(`demonstrationHall:source.${source}`), label ?? who].filter(Boolean).join(' · ');
}
