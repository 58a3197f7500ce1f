import type { CaseKind, ConsultationAction, ConsultationState, WorkListName } from '../../contract/index.ts';
import { holds, type RuledCase } from './guards.ts';
import type { Arrow, KindRules, StateRules, Step } from './kind.ts';
import { video } from './video/rules.ts';
import { written } from './written/rules.ts';

/** Every kind of case. A further one is a folder beside these and a line here. */
export const caseKinds: Record<CaseKind, KindRules> = { video, written };

const KINDS = Object.keys(caseKinds) as CaseKind[];

export const rulesOf = ({ kind }: Pick<RuledCase, 'kind'>): KindRules => caseKinds[kind];

/** @throws Error where the kind does not know the state: no arrow leads there. */
export function stateRulesOf({ kind, state }: Pick<RuledCase, 'kind' | 'state'>): StateRules {
  const rules = caseKinds[kind].states[state];
  if (!rules) throw new Error(`a ${kind} case is never ${state}`);
  return rules;
}

/** A change of the case: somebody's act, or what the server notices by itself. */
export type StepName = ConsultationAction | 'meet';

/** @throws Error where the kind has no such step. */
export function stepOf(consultation: Pick<RuledCase, 'kind'>, name: StepName): Step {
  const step = findStep(rulesOf(consultation), name);
  if (!step) throw new Error(`${name} changes no ${consultation.kind} case`);
  return step;
}

const findStep = (rules: KindRules, name: StepName): Step | undefined =>
  name === 'meet' ? rules.meet : rules.acts[name].step;

/** The way that the step leads from where the case is now; undefined: none. */
export function findArrow(consultation: RuledCase, name: StepName): Arrow | undefined {
  return findStep(rulesOf(consultation), name)?.arrows.find(
    ({ from, when }) => from === consultation.state && holds(when, consultation),
  );
}

/** Whether the case is where this step leads. */
export function isWhereItLeads(consultation: RuledCase, name: StepName): boolean {
  return stepOf(consultation, name).arrows.some(({ to }) => to === consultation.state);
}

export interface StatesOfKind {
  kind: CaseKind;
  states: ConsultationState[];
}

/** The states, of each kind, that satisfy something. */
export function statesWhere(fits: (rules: StateRules, kind: CaseKind) => boolean): StatesOfKind[] {
  return KINDS.map((kind) => ({
    kind,
    states: statesOf(caseKinds[kind])
      .filter(([, rules]) => fits(rules, kind))
      .map(([state]) => state),
  }));
}

export const statesOf = ({ states }: KindRules): [ConsultationState, StateRules][] =>
  Object.entries(states) as [ConsultationState, StateRules][];

export const statesOfList = (list: Exclude<WorkListName, 'mine'>): StatesOfKind[] =>
  statesWhere((rules) => rules.list === list);

/** Whether somebody may do this now or in a state still ahead, whatever else decides then. */
export function comesTo({ kind, state }: Pick<RuledCase, 'kind' | 'state'>, action: ConsultationAction): boolean {
  const rules = caseKinds[kind];
  const names = [...(Object.keys(rules.acts) as ConsultationAction[]), 'meet' as const];
  const arrows = names.flatMap((name) => findStep(rules, name)?.arrows ?? []);
  const ahead = new Set([state]);
  for (const passed of ahead) for (const { from, to } of arrows) if (from === passed) ahead.add(to);
  const states = Object.values(rules.acts[action].who).flat();
  return states.some((one) => ahead.has(one));
}
