import { httpStatus } from '@longtable/shared/errors';
import type { ErrorRequestHandler, Express, Request, Response } from 'express';
import type { z } from 'zod';
import type { RouteDoc } from './openapi.ts';
import { type RefusalDeps, toWireError } from './wire-error.ts';

/** A file as an answer instead of JSON. */
export interface FileAnswer {
  bytes: Uint8Array;
  mediaType: string;
  fileName: string;
}

/** What a handler gets: everything already parsed by its schema. */
export interface Call<Params, Query, Body, Who> {
  params: Params;
  query: Query;
  body: Body;
  /** As the route's `who` found it. */
  who: Who;
  req: Request;
  res: Response;
}

/** One route, said in one place: what comes in, who may call, what goes out. */
export interface Route<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Out extends z.ZodType,
  Who,
> {
  method: 'get' | 'post' | 'patch' | 'delete';
  /** As Express writes it, `/api/circles/:circleId`. */
  path: string;
  summary: string;
  params?: Params;
  query?: Query;
  body?: Body;
  /** The answer's shape; keys that it does not name never leave. Without one the answer is 204. */
  answer?: Out;
  /** A file instead of `answer`. */
  file?: true;
  /** Finds out who is calling. @throws LongtableError */
  who: (req: Request) => Promise<Who>;
  handle: (
    call: Call<z.infer<Params>, z.infer<Query>, z.infer<Body>, Who>,
  ) => Promise<z.input<Out> | FileAnswer | void>;
}

/** Anyone, signed in or not. */
export const anyone = async (): Promise<null> => null;

/** Registers routes with Express and keeps what the OpenAPI page needs. */
export class Router {
  readonly docs: RouteDoc[] = [];
  readonly #app: Express;

  constructor(app: Express) {
    this.#app = app;
  }

  add<
    Who,
    Params extends z.ZodType = z.ZodType<unknown>,
    Query extends z.ZodType = z.ZodType<unknown>,
    Body extends z.ZodType = z.ZodType<unknown>,
    Out extends z.ZodType = z.ZodType<unknown>,
  >(route: Route<Params, Query, Body, Out, Who>): void {
    const { method, path, summary, params, query, body, answer, file } = route;
    this.docs.push({ method, path, summary, params, query, body, answer, isFile: file === true });
    this.#app[method](path, async (req, res) => {
      const who = await route.who(req);
      const result = await route.handle({
        params: parse(params, req.params),
        query: parse(query, req.query),
        body: parse(body, req.body),
        who,
        req,
        res,
      });
      if (file) sendFile(res, result as FileAnswer);
      else if (answer) res.json(answer.parse(result));
      else res.status(204).end();
    });
  }
}

const parse = <Schema extends z.ZodType>(schema: Schema | undefined, value: unknown): z.infer<Schema> =>
  schema ? schema.parse(value ?? {}) : (undefined as z.infer<Schema>);

function sendFile(res: Response, { bytes, mediaType, fileName }: FileAnswer): void {
  res.set('Content-Type', mediaType);
  res.set('Content-Disposition', `attachment; filename="${fileName}"`);
  res.set('Content-Length', String(bytes.length));
  res.end(bytes);
}

/** The one translator from errors to HTTP. Unknown errors are hidden behind an id. */
export function errorTranslator(deps: RefusalDeps): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const wire = toWireError(error, deps);
    res.status(httpStatus[wire.code]).json(wire);
  };
}
