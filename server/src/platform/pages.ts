import { existsSync } from 'node:fs';
import path from 'node:path';
import compression from 'compression';
import type { Express, Request } from 'express';
import sirv from 'sirv';

/** Vite names what lies here after its content. */
const HASHED_FOLDER = '/assets/';

/** Serves the built client; every navigation gets its one page, which finds out by itself what to show. */
export function registerPages(app: Express, folder: string): void {
  if (existsSync(path.join(folder, 'index.html'))) {
    const files = sirv(folder, {
      brotli: true,
      gzip: true,
      etag: true,
      setHeaders: (res, pathname) => {
        if (pathname.startsWith(HASHED_FOLDER))
          res.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
      },
    });
    app.use(compression());
    app.use((req, res, next) => {
      if (req.path === '/' || req.path === '/index.html') next();
      else files(req, res, next);
    });
  }
  // Asked for by browsers once leaving quickly has taken the icon away.
  app.get('/favicon.ico', (_req, res) => void res.status(204).end());
  app.use((req, res, next) => {
    if (!isNavigation(req)) {
      next();
      return;
    }
    const options = { root: folder, etag: false, lastModified: false, cacheControl: false };
    res.sendFile('index.html', options, (error) => {
      if (error && !res.headersSent) {
        res
          .status(503)
          .type('text/plain')
          .send('The pages are not built yet. Run "npm run build", then start again.');
      }
    });
  });
}

const isNavigation = (req: Request): boolean =>
  (req.method === 'GET' || req.method === 'HEAD') &&
  !req.path.startsWith('/api/') &&
  !req.path.startsWith(HASHED_FOLDER) &&
  (req.get('Sec-Fetch-Mode') === 'navigate' ||
    req.path === '/' ||
    /text\/html/.test(req.get('Accept') ?? ''));
