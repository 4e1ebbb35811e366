/** The HTTP server with the graph, wired. */
import { fileURLToPath } from 'node:url';
import type { Service } from '../base/lifecycle.js';
import type { HubConfig } from '../config/config.js';
import { makeHttpServer } from '../http/server.js';
import { readManifest } from '../http/trusted-documents.js';
import type { Commands } from '../resolvers/context.js';
import { sessionLife } from '../security/sessions.js';
import type { Checks } from './checks.js';
import { shownConnectors } from './connectors.js';
import { streamsOfFlows } from './flow-streams.js';
import type { Ground } from './ground.js';
import { version } from './version.js';

export function makeApi(ground: Ground, commands: Commands, checks: Checks): Service {
  const { base, config, readDatabase, masterKey, hints } = ground;
  return makeHttpServer(
    {
      database: readDatabase,
      clock: base.clock,
      logger: base.logger,
      commands,
      masterKey,
      version,
      checks,
      connectors: shownConnectors,
      streamsOf: streamsOfFlows(ground),
      // Whoever has done something says so to the next stage, once its steps are stored.
      onSteps(listener) {
        hints.on('project', listener);
        hints.on('deferred', listener);
      },
    },
    {
      port: config.httpPort,
      host: config.httpHost,
      webFolder: fileURLToPath(new URL('../../web/', import.meta.url)),
      ...trusted(config),
      sessionLife: sessionLife(config.sessionTtlMs),
      ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
    },
  );
}

/** Documents and proxies that the operator has named. */
function trusted({ trustedDocuments: file, trustedProxies }: HubConfig) {
  return {
    ...(file === undefined ? {} : { trustedDocuments: readManifest(file) }),
    ...(trustedProxies === undefined ? {} : { trustedProxies }),
  };
}
