import { WireError } from '@longtable/shared/errors';
import { z } from 'zod';

/** What one route says of itself. */
export interface RouteDoc {
  method: string;
  path: string;
  summary: string;
  params: z.ZodType | undefined;
  query: z.ZodType | undefined;
  body: z.ZodType | undefined;
  answer: z.ZodType | undefined;
  isFile: boolean;
}

type Json = Record<string, unknown>;

/** OpenAPI 3.1 of these routes, from the same schemas that guard them. */
export function describeRoutes(routes: readonly RouteDoc[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: describeRoute(route) };
  }
  return { openapi: '3.1.0', info: { title: 'Longtable', version: '1' }, paths };
}

function describeRoute({ summary, params, query, body, answer, isFile }: RouteDoc): Json {
  const success = isFile
    ? { description: 'The file', content: { 'application/octet-stream': {} } }
    : answer
      ? { description: 'Done', content: json(answer, 'output') }
      : { description: 'Done' };
  return {
    summary,
    parameters: [...parameters('path', params), ...parameters('query', query)],
    ...(body ? { requestBody: { required: true, content: json(body, 'input') } } : {}),
    responses: {
      [answer || isFile ? '200' : '204']: success,
      default: { description: 'Refused; `code` says why', content: json(WireError, 'output') },
    },
  };
}

const json = (schema: z.ZodType, io: 'input' | 'output') => ({
  'application/json': { schema: z.toJSONSchema(schema, { io, target: 'draft-2020-12' }) },
});

function parameters(place: 'path' | 'query', schema: z.ZodType | undefined): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' }) as {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: shape,
  }));
}
