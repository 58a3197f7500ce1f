import type { Asked } from '../access/asked.ts';
import { findBasis, maySeeSlideLabels, mayUseArchive, requirePictures } from '../access/may.ts';
import { getCaseAccess } from '../cases/case-access.ts';
import { type AccessBasis, Failure } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import type { Read } from './access-log.ts';
import type { Instance, Resource, Scope } from './study.ts';

/** Under which address studies are asked for: one case's, or all that the caller may see. */
export type Root = { consultationId: string } | { consultationId: null };

/** Copies that the caller may see, and why. */
export interface SeenScope {
  scope: Scope;
  basis: AccessBasis;
  consultationId: string | null;
}

export interface SeenInstances extends SeenScope {
  instances: Instance[];
}

/** The most cases of one person that a search over everything looks into. */
const MAX_CASES = 2_000;

/**
 * The instances of a resource that the caller may see under a root. A case shows exactly what was attached to it; the plain
 * root prefers the archive of the caller's own facility, since another hospital may hold other bytes under the same UIDs.
 * @throws Failure not-found: there is no such thing, or it is none of the caller's business.
 */
export async function getInstances(
  stores: Pick<Stores, 'consultations' | 'studies' | 'materials'>,
  asked: Asked,
  root: Root,
  resource: Resource,
): Promise<SeenInstances> {
  for await (const seen of scopesOf(stores, asked, root, resource)) {
    const found = await stores.studies.listInstances(seen.scope, resource);
    const instances = (await seesLabels(stores, seen)) ? found : found.filter(({ showsLabel }) => !showsLabel);
    if (instances.length > 0) return { ...seen, instances };
  }
  throw new Failure('not-found', 'no such study');
}

async function seesLabels(
  stores: Pick<Stores, 'consultations'>,
  { basis, consultationId }: SeenScope,
): Promise<boolean> {
  const consultation = consultationId === null ? undefined : await stores.consultations.find(consultationId);
  return maySeeSlideLabels(basis, consultation ?? null);
}

async function* scopesOf(
  stores: Pick<Stores, 'consultations' | 'materials'>,
  asked: Asked,
  root: Root,
  resource: Resource,
): AsyncGenerator<SeenScope> {
  const { caller, at } = asked;
  if (root.consultationId !== null) {
    yield await caseScope(stores, asked, root.consultationId);
    return;
  }
  if (mayUseArchive(caller)) yield ownArchive(caller.facilityId);
  const consultationIds = await stores.materials.listConsultations(resource.studyInstanceUid);
  for (const { consultationId, basis } of await grantedCases(stores, asked, consultationIds, at))
    yield { scope: { consultationIds: [consultationId] }, basis, consultationId };
}

/** What a search covers: the own archive, or cases with the ground on which the caller may see each. */
export interface SearchScope {
  scope: Scope;
  /** null: the own archive. */
  cases: Map<string, AccessBasis> | null;
}

/** Everything that a search under a root covers, in order of preference. @throws Failure not-found: a case that is not the caller's; as `requirePictures` */
export async function listSearchScopes(
  stores: Pick<Stores, 'consultations' | 'materials'>,
  asked: Asked,
  root: Root,
): Promise<SearchScope[]> {
  const { caller, at } = asked;
  if (root.consultationId !== null) {
    const { scope, basis } = await caseScope(stores, asked, root.consultationId);
    return [{ scope, cases: new Map([[root.consultationId, basis]]) }];
  }
  requirePictures(caller);
  const scopes: SearchScope[] = [];
  if (mayUseArchive(caller)) scopes.push({ scope: { facilityId: caller.facilityId }, cases: null });
  const listed = await stores.consultations.listByAccount(caller.accountId, { at, limit: MAX_CASES });
  const withMaterial = await stores.materials.listConsultationsWithMaterial(listed.map((one) => one.consultationId));
  const granted = await grantedCases(stores, asked, withMaterial, at);
  const cases = new Map(granted.map(({ consultationId, basis }) => [consultationId, basis]));
  if (cases.size > 0) scopes.push({ scope: { consultationIds: [...cases.keys()] }, cases });
  return scopes;
}

/** The rows that showing search results leaves in the access log: one for the archive, one for each study of a case. */
export async function listSearchReads(
  stores: Pick<Stores, 'materials'>,
  { caller }: Asked,
  shown: { scope: SearchScope; studyInstanceUid: string }[],
): Promise<Read[]> {
  const reads = new Map<string, Read>();
  for (const { scope, studyInstanceUid } of shown) {
    if (scope.cases === null) {
      const { facilityId } = caller;
      reads.set('', { basis: 'own-archive', subjectKind: 'archive', subjectId: facilityId, consultationId: null });
      continue;
    }
    if (reads.has(studyInstanceUid)) continue;
    for (const consultationId of await stores.materials.listConsultations(studyInstanceUid)) {
      const basis = scope.cases.get(consultationId);
      if (!basis) continue;
      reads.set(studyInstanceUid, { basis, subjectKind: 'study', subjectId: studyInstanceUid, consultationId });
      break;
    }
  }
  return [...reads.values()];
}

async function caseScope(
  stores: Pick<Stores, 'consultations'>,
  { caller, at }: Asked,
  consultationId: string,
): Promise<SeenScope> {
  const { basis } = await getCaseAccess(stores, caller, consultationId, at);
  return { scope: { consultationIds: [consultationId] }, basis, consultationId };
}

function ownArchive(facilityId: string): SeenScope {
  return { scope: { facilityId }, basis: 'own-archive', consultationId: null };
}

async function grantedCases(
  stores: Pick<Stores, 'consultations'>,
  { caller }: Asked,
  consultationIds: string[],
  at: Date,
) {
  const grants = await stores.consultations.listGrantsOfAccount(caller.accountId, consultationIds);
  return consultationIds.flatMap((consultationId) => {
    const own = grants.filter((grant) => grant.consultationId === consultationId);
    const basis = findBasis(caller, own, at);
    return basis ? [{ consultationId, basis }] : [];
  });
}
