import type { Plugin } from 'vite';

/**
 * Puts `exit.ts` and `early.ts` first in the page, each as a small blocking script of its own: they
 * run before anything is painted and do not wait for, or fail with, the rest of the client.
 */
export function earlyScripts(names: readonly string[]): Plugin {
  let isBuild = false;
  return {
    name: 'longtable-early-scripts',
    config: (_config, { command }) => {
      isBuild = command === 'build';
    },
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk' || !names.includes(chunk.name)) continue;
        if (chunk.imports.length > 0) throw new Error(`${chunk.name} must import nothing`);
        // A classic script shares its top level with the page; a function keeps its names to itself.
        chunk.code = `(()=>{${chunk.code.replace(/export\s*\{[^}]*\};?/, '')}})();`;
      }
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        return names.map((name) => {
          if (!isBuild) {
            return {
              tag: 'script',
              attrs: { type: 'module', src: `/src/${name}.ts` },
              injectTo: 'head-prepend' as const,
            };
          }
          const chunk = Object.values(bundle ?? {}).find(
            (item) => item.type === 'chunk' && item.name === name,
          );
          if (chunk === undefined) throw new Error(`${name} was not built`);
          return { tag: 'script', attrs: { src: `/${chunk.fileName}` }, injectTo: 'head-prepend' as const };
        });
      },
    },
  };
}
