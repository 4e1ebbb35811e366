/**
 * `npm run web-dev [-- hub [port]]`: the dashboard from its sources, anew at every change, over a hub that runs (http://127.0.0.1:4000 when none is
 * named). Operations are sent as text, so that the hub need not know them.
 */
import { resolve } from 'node:path';
import { createServer } from 'vite';
import { makeWebDocuments } from './web-documents.mjs';

const [hub = 'http://127.0.0.1:4000', port = '5173'] = process.argv.slice(2);
/** The hub takes sessions only from its own pages, so requests go as if they came from one. */
const asOwnPage = {
  target: hub,
  ws: true,
  headers: { origin: new URL(hub).origin, 'sec-fetch-site': 'same-origin' },
  changeOrigin: true,
};

await makeWebDocuments();
const server = await createServer({
  configFile: false,
  root: resolve(import.meta.dirname, '..', 'web', 'dashboard'),
  server: {
    host: '127.0.0.1',
    port: Number(port),
    strictPort: true,
    proxy: { '/graphql': asOwnPage, '/session': asOwnPage },
  },
});
await server.listen();
server.printUrls();
