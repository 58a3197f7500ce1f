import type { OrderedCut, ResumeOrder } from '../../sfu/contract/cut-order.ts';
import type { NodeControl } from '../../sfu/control.ts';
import { CutState, Failure } from '../contract/index.ts';
import { inTime } from './in-time.ts';

export interface OrderParts {
  controls: readonly NodeControl[];
  /** Of a node that is heard of no more and had the theatre when it last was, while no other has it: the hall may go on there. */
  lastOrigins: readonly NodeControl[];
  /** Of the other nodes that are heard of no more. */
  silent: readonly NodeControl[];
  /** The one that has the hall's theatre, or will have it, where none says of itself that it has. @throws Failure unavailable */
  findLikely(): Promise<NodeControl>;
}

const isConflict = (error: unknown): boolean => error instanceof Failure && error.code === 'conflict';

type Asked = Promise<OrderedCut>;

/** What the node says that has the theatre, whichever way it comes; undefined: none says so, and none that was counted on has failed. */
async function findOrigins(counted: readonly Asked[], silent: readonly Asked[]): Promise<OrderedCut | undefined> {
  const all = [...counted, ...silent];
  const origins = all.map(async (asked) => {
    const answer = await asked;
    if (!answer.isOrigins) throw new Error('of a node that does not have the theatre');
    return answer;
  });
  const [first] = await Promise.allSettled([Promise.any(origins)]);
  if (first?.status === 'fulfilled') return first.value;
  const refusals = (await Promise.allSettled(all)).map((one) => (one.status === 'rejected' ? one.reason : undefined));
  // One that does not answer may be the one that has the theatre.
  const refusal = refusals.find(isConflict) ?? refusals.slice(0, counted.length).find((one) => one !== undefined);
  if (refusal !== undefined) throw refusal;
  return undefined;
}

/**
 * Tells all nodes at once what is cut of a hall: nobody waits for one that is slow, and one that the server does not reach hears of it over the links
 * of those that it does. What counts is the word of the node that has the theatre, whichever way it comes.
 * @throws Failure conflict; unavailable where that one has not heard of it, as far as is known
 */
export async function orderCut(
  { controls, lastOrigins, silent, findLikely }: OrderParts,
  order: (control: NodeControl) => Asked,
): Promise<CutState> {
  const orderInTime = (control: NodeControl) => inTime(order(control));
  const found = await findOrigins([...controls.map(order), ...lastOrigins.map(orderInTime)], silent.map(orderInTime));
  return CutState.parse(found ?? (await order(await findLikely())));
}

/**
 * Ends a cut: first where the hall is open, since the node that has the theatre may know of a newer one; only then where nobody has come yet.
 * @throws Failure as `orderCut`
 */
export async function orderResume(
  { controls, lastOrigins, silent, findLikely }: OrderParts,
  order: (control: NodeControl, how: Pick<ResumeOrder, 'onlyWhereOpen'>) => Asked,
): Promise<CutState> {
  const ask = (control: NodeControl) => ({ control, asked: order(control, { onlyWhereOpen: true }) });
  const [counted, last, others] = [controls.map(ask), lastOrigins.map(ask), silent.map(ask)];
  const answersInTime = (which: typeof others) => which.map(({ asked }) => inTime(asked));
  const found = await findOrigins(
    [...counted.map(({ asked }) => asked), ...answersInTime(last)],
    answersInTime(others),
  );
  const resumed = found ?? (await order(await findLikely(), {}));
  const endStanding = async ({ control, asked }: ReturnType<typeof ask>) => {
    if (!(await asked).isOrigins) await order(control, {});
  };
  // One that refuses, or does not answer, keeps its cut until it hears from the theatre's node.
  await Promise.allSettled([...counted, ...last, ...others].map((one) => inTime(endStanding(one))));
  return CutState.parse(resumed);
}
