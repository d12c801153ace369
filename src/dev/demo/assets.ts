/** The demo page's style, script and icon, from its own origin: nothing is loaded from anywhere else. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Elysia } from 'elysia';

/** In the order in which they apply. */
const STYLES = ['base', 'home', 'callback', 'trace', 'narrow'];
const SCRIPT = new URL('./browser/page.ts', import.meta.url);

/** A door, ajar. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="8" fill="#2f55d4"/>
<path d="M9 26V8a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v18" fill="none" stroke="#fff" stroke-opacity=".55" stroke-width="2"/>
<path d="M9 26V7l9 3v19z" fill="#fff"/>
<circle cx="15.5" cy="18" r="1.2" fill="#2f55d4"/>
</svg>
`;

export const demoAssets = () => {
  const hidden = { detail: { hide: true } };
  let script: Promise<string> | undefined;
  return new Elysia({ name: 'demo-assets', prefix: '/demo' })
    .get(
      '/page.css',
      ({ set }) => {
        set.headers['content-type'] = 'text/css; charset=utf-8';
        return styleSheet();
      },
      hidden,
    )
    .get(
      '/page.js',
      ({ set }) => {
        set.headers['content-type'] = 'text/javascript; charset=utf-8';
        script ??= bundle(fileURLToPath(SCRIPT));
        return script;
      },
      hidden,
    )
    .get(
      '/icon.svg',
      ({ set }) => {
        set.headers['content-type'] = 'image/svg+xml';
        return ICON;
      },
      hidden,
    );
};

async function styleSheet(): Promise<string> {
  const sheets = STYLES.map((name) => readFile(new URL(`./style/${name}.css`, import.meta.url), 'utf8'));
  return (await Promise.all(sheets)).join('\n');
}

/** The page's script is TypeScript like everything else; the demo runs on Bun, which makes JavaScript of it. */
async function bundle(entry: string): Promise<string> {
  const { outputs } = await Bun.build({ entrypoints: [entry], target: 'browser' });
  if (!outputs[0]) throw new Error('The demo page’s script could not be made');
  return outputs[0].text();
}
