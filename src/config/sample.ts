/** The sample of `npm start`: both sandboxes as connected systems, with a branch of the till as a warehouse of the shop. */
import type { Config } from './config.js';

export function sample(config: Config) {
  const timeoutMs = config.requestTimeoutMs;
  return {
    source: {
      key: 'mpluskassa',
      connector: 'mpluskassa',
      name: 'MplusKASSA',
      settings: { url: `http://127.0.0.1:${config.sandboxMpluskassaPort}`, ident: 'koppel', timeoutMs },
      secrets: { secret: 'sandbox-secret' },
    },
    target: {
      key: 'softmaat',
      connector: 'softmaat',
      name: 'Softmaat',
      settings: { url: `http://127.0.0.1:${config.sandboxSoftmaatPort}`, timeoutMs },
      secrets: { token: 'sandbox-token' },
    },
    pollEveryMs: config.pollMs,
    valueLists: {
      'softmaat-warehouse': [
        { from: '1', to: 'MAIN' },
        { from: '2', to: 'SHOP-NL' },
        { from: '3', to: 'SHOP-FR' },
      ],
    },
  };
}
