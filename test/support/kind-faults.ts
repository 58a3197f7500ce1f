import { ROLES_OF_BASIS } from '../../server/access/may.ts';
import { caseKinds, statesOf } from '../../server/cases/kinds/case-kinds.ts';
import type { Guard } from '../../server/cases/kinds/guards.ts';
import type { Act, Arrow, KindRules, Step } from '../../server/cases/kinds/kind.ts';
import type { ConsultationState } from '../../server/contract/index.ts';

const allowedIn = ({ who }: Act, state: ConsultationState): boolean =>
  Object.values(who).some((states) => states.includes(state));

const stepsOf = ({ acts, meet }: KindRules): [string, Step][] => [
  ...Object.entries(acts).flatMap(([name, { step }]): [string, Step][] => (step ? [[name, step]] : [])),
  ...(meet ? ([['meet', meet]] as [string, Step][]) : []),
];

/** What a kind of case leaves open: a state that nothing leads to, an arrow that nobody may take, a wait for nobody … */
export function findKindFaults(rules: KindRules): string[] {
  return [
    ...findUnreached(rules),
    ...findLooseArrows(rules),
    ...findUnknownStates(rules),
    ...findWaits(rules),
    ...findAdmissions(rules),
  ];
}

function findUnreached(rules: KindRules): string[] {
  const known = statesOf(rules).map(([state]) => state);
  const reached = new Set(known.slice(0, 1));
  const arrows = stepsOf(rules).flatMap(([, step]) => step.arrows);
  for (let before = -1; before < reached.size; ) {
    before = reached.size;
    for (const { from, to } of arrows) if (reached.has(from)) reached.add(to);
  }
  return known.filter((state) => !reached.has(state)).map((state) => `nothing leads to ${state}`);
}

/** Each arrow has somebody who may take it, and each who may has an arrow. */
function findLooseArrows(rules: KindRules): string[] {
  const faults: string[] = [];
  for (const [name, act] of Object.entries(rules.acts)) {
    if (!act.step) continue;
    const { arrows, recorded } = act.step;
    if (!/^[a-z-]+:[a-z-]+$/.test(recorded)) faults.push(`${name} is not recorded`);
    for (const { from } of arrows) if (!allowedIn(act, from)) faults.push(`nobody may ${name} in ${from}`);
    for (const state of new Set(Object.values(act.who).flat()))
      if (!arrows.some(({ from }) => from === state)) faults.push(`${name} leads nowhere from ${state}`);
  }
  return faults;
}

function findUnknownStates(rules: KindRules): string[] {
  const faults: string[] = [];
  const knows = (state: ConsultationState, of: KindRules = rules) => of.states[state] !== undefined;
  for (const [name, act] of Object.entries(rules.acts))
    for (const state of Object.values(act.who).flat())
      if (!knows(state)) faults.push(`${name} is allowed in ${state}, which there is not`);
  for (const [name, step] of stepsOf(rules))
    for (const { from, to, becomes } of step.arrows) {
      if (!knows(from)) faults.push(`${name} leads on from ${from}, which there is not`);
      if (!knows(to, becomes ? caseKinds[becomes] : rules)) faults.push(`${name} leads to ${to}, which there is not`);
    }
  return faults;
}

/** What a database can ask of many cases at once, see `access/waited-for.ts`. */
const ASKABLE: readonly (Guard | undefined)[] = [undefined, 'amending', 'unsigned-or-amending'];

function findWaits(rules: KindRules): string[] {
  const faults: string[] = [];
  const first = statesOf(rules)[0]?.[0];
  for (const [state, { waitsFor, awaiting, isClosed }] of statesOf(rules)) {
    if (waitsFor.length === 0 && !isClosed && state !== first) faults.push(`${state} waits for nobody`);
    if (isClosed !== (awaiting === 'nothing' || undefined)) faults.push(`${state} is closed and awaits ${awaiting}`);
    for (const action of waitsFor) {
      const act = rules.acts[action];
      if (!allowedIn(act, state)) faults.push(`${state} waits for ${action}, which nobody may do there`);
      const arrows: readonly Arrow[] = act.step?.arrows.filter(({ from }) => from === state) ?? [];
      const guards = [act.when, ...arrows.map(({ when }) => when)];
      const isFork = arrows.length > 1 && arrows.every(({ when }) => when === 'taken' || when === 'untaken');
      if (!isFork && !guards.every((guard) => ASKABLE.includes(guard)))
        faults.push(`${state} waits for ${action}, which a database cannot tell`);
    }
  }
  return faults;
}

function findAdmissions({ admits }: KindRules): string[] {
  return admits.flatMap(({ basis, roles }) =>
    roles
      .filter((role) => !ROLES_OF_BASIS[basis].includes(role))
      .map((role) => `a ${role} is let in on the ground of ${basis} and sees nothing`),
  );
}
