import {
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useReducer,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { PersonView } from '../../server/contract/account.ts';
import type { MaterialView, Target } from '../../server/contract/picture-kinds.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { type CaseIdentity, printHeading } from '../patient/case-identity.ts';
import { kinds } from '../pictures/kinds.ts';
import { materialOf, pictureIdOf } from '../pictures/listings.ts';
import type { PictureHome } from '../viewer/picture-home.ts';
import { Desk } from './desk.ts';
import { isPhone } from './phone.ts';
import type { ReviewLink } from './review-link.ts';
import { ReviewSession, type ReviewState, type ReviewTrouble } from './session.ts';

export interface DeskInput {
  host: RefObject<HTMLElement | null>;
  link: ReviewLink;
  consultationId: string;
  materials: MaterialView[];
  stays?: readonly string[] | undefined;
  me: PersonView;
  mayAnnotate: boolean;
  solo: boolean;
  home?: PictureHome | undefined;
  /** Left out: moving the picture leads, where nobody does, but on a phone. */
  leadsByMoving?: boolean | undefined;
  identity?: CaseIdentity | undefined;
  onTrouble(trouble: ReviewTrouble): void;
}

export interface DeskAndSession {
  desk: Desk;
  session: ReviewSession;
}

/** Opens a desk for as long as the component is there; renders anew when something around the picture changes. */
export function useDesk(input: DeskInput): DeskAndSession | undefined {
  const { host, link, consultationId, materials, me, solo, leadsByMoving = true } = input;
  const { home = `consultations/${consultationId}` as const } = input;
  const t = useTexts();
  const formats = useFormats();
  const [opened, setOpened] = useState<DeskAndSession>();
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  // Asked while drawing the toolbar too, where effect events may not be.
  const mayAnnotate = useRef(input.mayAnnotate);
  useLayoutEffect(() => {
    mayAnnotate.current = input.mayAnnotate;
  });
  const label = useEffectEvent(() => t('review:lightbox'));
  const onTrouble = useEffectEvent(input.onTrouble);
  const printed = useEffectEvent((target: Target) => {
    const material = materialOf(input.materials, target);
    return material && input.identity && printHeading(t, formats, input.identity, material, pictureIdOf(target));
  });
  const { accountId, name } = me;

  useEffect(() => {
    if (!host.current) return undefined;
    const session = new ReviewSession({
      link,
      consultationId,
      me: { accountId, name },
      solo,
      mayShare: () => mayAnnotate.current,
      leadsByMoving: () => leadsByMoving && !isPhone(),
    });
    const desk = new Desk({
      host: host.current,
      session,
      kinds,
      home,
      accountId,
      label: () => label(),
      solo,
      printHeading: (target) => printed(target),
    });
    const stopTrouble = session.onTrouble((trouble) => onTrouble(trouble));
    const stopChange = desk.onChange(rerender);
    const keepUnsent = (event: BeforeUnloadEvent): void => {
      if (session.state.unsent > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', keepUnsent);
    setOpened({ desk, session });
    return () => {
      window.removeEventListener('beforeunload', keepUnsent);
      stopTrouble();
      stopChange();
      desk.dispose();
      session.close();
    };
  }, [host, link, consultationId, home, accountId, name, solo, leadsByMoving]);

  const { stays } = input;
  useEffect(
    () => opened?.desk.setMaterials(materials, (materialId) => stays?.includes(materialId) ?? false),
    [opened, materials, stays],
  );
  return opened;
}

export function useReviewState(session: ReviewSession): ReviewState {
  return useSyncExternalStore(session.onState, () => session.state);
}
