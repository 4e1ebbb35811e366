/** Requests whose address cannot be read, sent as bytes, because no client would send them: refused, and the process goes on. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { freePort } from '../../scripts/free-ports.js';
import { makeHealthServer, type HealthServer } from '../../src/http/health-server.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-server.js';

let world: GraphWorld;
let health: HealthServer;
let healthPort: number;
beforeAll(async () => {
  world = await openGraphWorld();
  healthPort = await freePort();
  const checks = () => Promise.resolve([]);
  health = makeHealthServer(
    { database: world.database, version: '0', checks },
    { port: healthPort, host: '127.0.0.1' },
  );
  await health.start();
  health.opened();
}, 60_000);
afterAll(async () => {
  await health.stop();
  await world.close();
});

const upgrade = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

/** What a server answers to a request for the target, until it closes. */
function answerTo(port: number, target: string, headers: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const head = [`GET ${target} HTTP/1.1`, 'Host: hub', ...headers, '', ''].join('\r\n');
    const socket = connect(port, '127.0.0.1', () => socket.end(head));
    let answer = '';
    socket.on('data', (data) => (answer += data.toString()));
    socket.on('error', reject);
    socket.setTimeout(5_000, () => socket.destroy(new Error('no answer within 5 s')));
    socket.on('close', () => resolve(answer));
  });
}

const targets = ['//', '//%', 'http://[', 'http://a:99999/graphql', '///'];

describe.each(targets)('a request for %s', (target) => {
  it('is refused by the server of the API', async () => {
    const answer = await answerTo(world.server.port(), target, ['Connection: close']);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain('"code":"BAD_USER_INPUT"');
  });

  it('is refused as an upgrade, and the server goes on', async () => {
    const answer = await answerTo(world.server.port(), target, upgrade);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect((await fetch(`${world.url}/livez`)).status).toBe(200);
  });

  it.each([
    ['', ['Connection: close']],
    [' as an upgrade', upgrade],
  ])('is refused%s by the server of a process without an API, which goes on', async (_, headers) => {
    expect(await answerTo(healthPort, target, headers)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect((await fetch(`http://127.0.0.1:${healthPort}/livez`)).status).toBe(200);
  });
});
