import assert from 'node:assert/strict';
import { z } from 'zod';
import { type RouteName, routes } from '../../../server/contract/index.ts';
import { submitCase } from '../../support/case-journey.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

interface Operation {
  operationId: string;
  security?: object[];
  parameters?: { name: string; in: string; required: boolean }[];
  responses: Record<string, { content: { 'application/json': { schema: Parameters<typeof z.fromJSONSchema>[0] } } }>;
}
interface Description {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Parameters<typeof z.fromJSONSchema>[0]> };
}

describe('the description of the routes for other programs', () => {
  let server: RunningServer;
  let description: Description;
  before(async () => {
    server = await startServer();
    // Without a session.
    const response = await fetch(`${server.url}/api/openapi.json`);
    assert.equal(response.status, 200);
    description = (await response.json()) as Description;
  });
  after(() => server?.close());

  const operationOf = (name: RouteName): Operation => {
    const { path, method } = routes[name];
    const found = description.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    return found ?? assert.fail(`${name} is missing`);
  };

  it('has every route of the contract, with whatever stands in its address', () => {
    assert.match(description.openapi, /^3\.1\./);
    for (const [name, { path, access }] of Object.entries(routes) as [RouteName, (typeof routes)[RouteName]][]) {
      const { operationId, parameters = [], security } = operationOf(name);
      assert.equal(operationId, name);
      assert.deepEqual(
        parameters.filter((one) => one.in === 'path').map((one) => `:${one.name}`),
        path.match(/:\w+/g) ?? [],
      );
      assert.equal(security?.length === 0, access === 'anyone', name);
    }
    const operations = Object.values(description.paths).flatMap((path) => Object.keys(path));
    assert.equal(operations.length, Object.keys(routes).length);
  });

  it('is complete in itself: no schema points anywhere but to the failures', () => {
    const pointers = new Set(JSON.stringify(description).match(/"\$ref":"[^"]+"/g));
    assert.deepEqual([...pointers], ['"$ref":"#/components/schemas/FailureView"']);
  });

  it('tells the truth: what the server really answers fits it, and what it does not answer does not', async () => {
    const doctor = await server.signIn('county-doctor');
    const { consultationId } = await submitCase(doctor);
    const params = { consultationId };
    const asked: [RouteName, Record<string, string>][] = [
      ['session:read', {}],
      ['partners:list', {}],
      ['work-list:read', {}],
      ['consultation:read', params],
      ['media:read', {}],
    ];
    for (const [name, given] of asked) {
      const { status, body } = await doctor.ask(name, { params: given });
      const schema = operationOf(name).responses[status]?.content['application/json'].schema;
      const reads = z.fromJSONSchema(schema ?? assert.fail(`${name}: ${status}`));
      assert.deepEqual(reads.safeParse(body).error, undefined, name);
      assert.equal(reads.safeParse({ nothing: 'of the kind' }).success, false, name);
    }
    const refused = await doctor.ask('call:start', { params });
    assert.equal(refused.status >= 400, true);
    const failure = z.fromJSONSchema(description.components.schemas['FailureView'] ?? assert.fail());
    assert.equal(failure.safeParse(refused.body).success, true);
  });
});
