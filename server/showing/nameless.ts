import type { MaterialView } from '../contract/index.ts';

/** What people typed may name the patient: what files, studies and series are called, and when they were made. */
const TYPED = new Set(['description', 'studyDate']);

/** The material with its pictures alone, whatever its kind: nobody is named, and nothing that was typed stands in it. */
export function nameless(material: MaterialView): MaterialView {
  return { ...(withoutTyped(material) as MaterialView), patients: [], patientsDiffer: false };
}

function withoutTyped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTyped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, TYPED.has(name) ? '' : withoutTyped(part)]),
  );
}
