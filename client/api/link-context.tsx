import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Notice, NoticeName } from '../../server/contract/messages.ts';
import { createLink, type Link } from './link.ts';
import type { LinkState } from './link-state.ts';
import { useSession } from './session.tsx';

const LinkContext = createContext<Link | null>(null);

/** Holds the one link of a signed-in window; renders nothing until it exists, which is within the same frame. */
export function LinkProvider({ children }: { children: ReactNode }) {
  const { appointmentId } = useSession();
  const [link, setLink] = useState<Link | null>(null);
  useEffect(() => {
    const created = createLink(appointmentId);
    setLink(created);
    return () => created.close();
  }, [appointmentId]);
  return link && <LinkContext value={link}>{children}</LinkContext>;
}

export function useLink(): Link {
  const link = useContext(LinkContext);
  if (!link) throw new Error('useLink outside of the signed-in pages');
  return link;
}

/** Runs `handler` on each notice while the component is there; always the handler of the latest render. */
export function useNotice<N extends NoticeName>(name: N, handler: (notice: Notice<N>) => void): void {
  const link = useLink();
  const handle = useEffectEvent(handler);
  useEffect(() => link.on(name, (notice) => handle(notice)), [link, name]);
}

/** Runs `handler` after each connect: the place to fetch what was missed. */
export function useConnected(handler: () => void): void {
  const link = useLink();
  const handle = useEffectEvent(handler);
  useEffect(() => link.onConnect(() => handle()), [link]);
}

export function useLinkState(): LinkState {
  const link = useLink();
  return useSyncExternalStore(link.onState, () => link.state);
}
