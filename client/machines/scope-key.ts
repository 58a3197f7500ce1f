import type { MachineScope } from '../../server/contract/machine.ts';
import type { ScopeKey } from '../i18n/zh-CN/machines.ts';

/** Under which a scope's words stand: a colon would end the name of an area. */
export const scopeKey = (scope: MachineScope): ScopeKey => scope.replace(':', '-') as ScopeKey;
