import type { Express } from 'express';
import { z } from 'zod';
import { CONTRACT_VERSION, FailureView, type Route, type RouteName, routes } from '../contract/index.ts';

type AnyRoute = Route<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;
type JsonSchema = Record<string, unknown> & { properties?: Record<string, JsonSchema>; required?: string[] };

/** As it goes over the wire in that direction; what JSON Schema cannot say is left open. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest as JsonSchema;
}

/** The JSON routes of the contract as OpenAPI 3.1: its schemas are the only source. */
export function describeRoutes(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, route] of Object.entries(routes) as [RouteName, AnyRoute][]) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(name, route) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Huizhen',
      version: String(CONTRACT_VERSION),
      description:
        'JSON routes. Rules that a schema cannot say, bytes, DICOMweb and the socket: server/contract/PROTOCOL.md.',
    },
    paths,
    components: {
      schemas: { FailureView: schemaOf(FailureView, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'huizhen' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
    security: [{ session: [] }, { token: [] }],
  };
}

function operationOf(name: RouteName, { method, status, access, params, query, body, reply }: AnyRoute): object {
  const parameters = [...parametersOf(params, 'path'), ...parametersOf(query, 'query')];
  const json = (schema: object) => ({ content: { 'application/json': { schema } } });
  return {
    operationId: name,
    ...(access === 'anyone' ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(method === 'GET' ? {} : { requestBody: { required: true, ...json(schemaOf(body, 'input')) } }),
    responses: {
      [status]: { description: 'done', ...json(schemaOf(reply, 'output')) },
      default: { description: 'refused', ...json({ $ref: '#/components/schemas/FailureView' }) },
    },
  };
}

/** An address is text: what it becomes tells the type, and only what the caller must give is required. */
function parametersOf(schema: z.ZodType, place: 'path' | 'query'): object[] {
  const { properties = {} } = schemaOf(schema, 'output');
  const { required = [] } = schemaOf(schema, 'input');
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: one,
  }));
}

/** Made when first asked for: nearly all servers are never asked. */
let description: string | undefined;

/**
 * `GET /api/openapi.json`. Open to anyone: the schemas are in the pages that everybody is handed, and programs are written against
 * them before they have an account.
 */
export function serveDescription(app: Express): void {
  app.get('/api/openapi.json', (_request, response) => {
    description ??= JSON.stringify(describeRoutes());
    response.type('application/json').set('cache-control', 'no-cache').send(description);
  });
}
