/** The audits of the GraphQL-over-HTTP specification, as its reference implementation has them, over real HTTP. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits, type AuditResult } from 'graphql-http';
import { openGraphWorld, type GraphWorld } from '../support/graph-server.js';

let world: GraphWorld;
let results: readonly AuditResult[];
beforeAll(async () => {
  world = await openGraphWorld();
  // The specification knows no keys, so each request is given one.
  const fetchFn = (url: string, { headers, ...rest }: RequestInit = {}): Promise<Response> => {
    const given = new Headers(headers);
    given.set('authorization', `Bearer ${world.adminKey}`);
    return fetch(url, { ...rest, headers: given });
  };
  const audits = serverAudits({ url: () => `${world.url}/graphql`, fetchFn });
  const done: AuditResult[] = [];
  for (const audit of audits) done.push(await audit.fn());
  results = done;
}, 60_000);
afterAll(() => world.close());

/** What we do not do, and why. The table only shrinks: an entry that is not needed any more fails. */
const oneStatus =
  'a refusal has the same 4xx status for both types of answer, so that proxies, monitors and simple clients see it';
const noPlainGet =
  'a GET without content type is what any web page can send; it needs application/json or a header that is asked for first';
const declined: Readonly<Record<string, string>> = {
  '572B': oneStatus,
  FDE2: oneStatus,
  '7B9B': oneStatus,
  '5A70': noPlainGet,
  D6D5: noPlainGet,
  '6A70': noPlainGet,
};

const failed = (requirement: string): string[] =>
  results
    .filter((result) => result.name.startsWith(requirement) && result.status !== 'ok')
    .map((result) => `${result.id}: ${result.name}: ${'reason' in result ? result.reason : ''}`);

describe('GraphQL over HTTP', () => {
  it('is audited as a whole', () => {
    expect(results.length).toBeGreaterThanOrEqual(61);
    expect(results.filter(({ name }) => name.startsWith('MUST')).length).toBe(13);
  });

  it('does everything that it must', () => {
    expect(failed('MUST')).toEqual([]);
  });

  it.each(['SHOULD', 'MAY'])('does what it %s, but for what is declined with a reason', (requirement) => {
    expect(failed(requirement).filter((line) => declined[line.split(':')[0]!] === undefined)).toEqual([]);
  });

  it('declines nothing that it does', () => {
    const passing = results.filter(({ status }) => status === 'ok').map(({ id }) => id);
    expect(passing.filter((id) => id in declined)).toEqual([]);
  });
});
