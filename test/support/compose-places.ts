/**
 * Where things of docker-compose.yml are when plain processes stand in for containers: every host is this machine, every port
 * a free one, every volume a folder. Translates words of commands and values of the environment.
 */
import { join } from 'node:path';
import { freePorts } from '../../scripts/free-ports.js';
import type { ComposeService } from './compose-file.js';

export interface Places {
  /** The port of this machine for one that a service has inside. */
  port(service: string, inside: number): number;
  word(text: string, service: string): string;
  environment(service: string): Record<string, string>;
}

export interface PlacesOptions {
  readonly services: ReadonlyMap<string, ComposeService>;
  /** What `.env` says, for variables that containers get as they are. */
  readonly given: Readonly<Record<string, string>>;
  readonly volumes: string;
}

const here = '127.0.0.1';

export async function makePlaces({ services, given, volumes }: PlacesOptions): Promise<Places> {
  const free = [...(await freePorts(32))];
  const taken = new Map<string, number>();
  const hosts = [...services.keys()];

  const port = (service: string, inside: number): number => {
    const key = `${service}:${inside}`;
    const found = taken.get(key) ?? free.pop();
    if (found === undefined) throw new Error('more ports than were found free');
    taken.set(key, found);
    return found;
  };
  const addresses = new RegExp(`(?<=^|[/@,=])(${[...hosts, here, 'localhost'].join('|')}):(\\d+)\\b`, 'g');

  const word = (text: string, service: string): string => {
    const address = (_: string, host: string, inside: string): string =>
      `${here}:${port(hosts.includes(host) ? host : service, Number(inside))}`;
    let result = text
      .replace(addresses, address)
      .replace(/^--host=.*$/, `--host=${here}`)
      .replace(/^--port=(\d+)$/, (_, inside: string) => `--port=${port(service, Number(inside))}`);
    for (const volume of services.get(service)?.volumes ?? []) {
      const [name = '', target = ''] = volume.split(':');
      result = result.replace(target, join(volumes, name));
    }
    return result;
  };

  const environment = (service: string): Record<string, string> => {
    const result: Record<string, string> = {};
    for (const [name, value] of Object.entries(services.get(service)?.environment ?? {})) {
      const text = value ?? given[name];
      if (text !== undefined) result[name] = word(text, service);
    }
    for (const [name, inside] of Object.entries(result).filter(([each]) => each.endsWith('_PORT'))) {
      const hostName = name.replace(/PORT$/, 'HOST');
      const host = result[hostName];
      result[name] = String(port(host !== undefined && hosts.includes(host) ? host : service, Number(inside)));
      if (host !== undefined) result[hostName] = here;
    }
    return result;
  };
  return { port, word, environment };
}
