import type { SpecialtyCode } from '../../server/contract/specialties.ts';

type Key<C extends string> = C extends `${infer A}.${infer B}` ? `${A}-${B}` : C;

/** Under which key the texts have a specialty's name: a dot is i18next's own. */
export function specialtyKey<C extends SpecialtyCode>(code: C): Key<C> {
  return code.replace('.', '-') as Key<C>;
}
