import type { ConsultationView } from '../../../server/contract/consultation.ts';

export interface ProgressStep {
  step:
    | 'created'
    | 'submitted'
    | 'accepted'
    | 'consulted'
    | 'issued'
    | 'acknowledged'
    | 'supplement'
    | 'declined'
    | 'cancelled';
  /** Undefined: not yet. */
  at: string | undefined;
  by: string | undefined;
  status: 'done' | 'now' | 'ahead' | 'stopped';
}

/** The way of a case, from its application to its acknowledgement. A case that was stopped ends there and shows nothing ahead. */
export function progressOf(view: ConsultationView): ProgressStep[] {
  const { requester, specialist, state, metAt } = view;
  const step = (name: ProgressStep['step'], at: string | null | undefined, by?: string): ProgressStep => ({
    step: name,
    at: at ?? undefined,
    by,
    status: at ? 'done' : 'ahead',
  });
  const way: ProgressStep[] = [
    step('created', view.createdAt, requester.name),
    step('submitted', view.submittedAt, requester.name),
    step('accepted', view.acceptedAt, specialist?.name),
    // In writing nobody need meet; where they have, it is part of the way.
    ...(view.kind === 'video' || metAt || isRunning(view)
      ? [{ ...step('consulted', metAt), ...(isRunning(view) ? { status: 'now' as const } : {}) }]
      : []),
    step('issued', view.issuedAt, specialist?.name),
    step('acknowledged', state === 'acknowledged' ? view.changedAt : undefined, requester.name),
  ];
  if (state === 'supplement') {
    const ahead = way.findIndex(({ status }) => status === 'ahead');
    return [...way.slice(0, ahead), { ...step('supplement', view.changedAt), status: 'stopped' }, ...way.slice(ahead)];
  }
  if (state === 'declined' || state === 'cancelled')
    return [...way.filter(({ status }) => status === 'done'), { ...step(state, view.changedAt), status: 'stopped' }];
  return way;
}

const isRunning = ({ call }: ConsultationView) => call !== null && call.endedAt === null;
