/** Connections between requests, against a real server. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { makeHttpClient, type HttpClient } from './http-client.js';

let server: Server;
let opened = 0;
let client: HttpClient;

beforeEach(async () => {
  opened = 0;
  server = createServer((_, out) => void out.end('here'));
  server.on('connection', () => (opened += 1));
  await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterEach(async () => {
  client.close();
  server.closeAllConnections();
  await once(server.close(), 'close');
});

const ask = async (timeoutMs = 10_000): Promise<string> => {
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const { body } = await client.send({ method: 'GET', url, headers: {}, timeoutMs, maxBytes: 100 });
  return body.toString();
};

const rest = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));

test('a connection serves the next request', async () => {
  client = makeHttpClient(1);
  for (let i = 0; i < 5; i++) expect(await ask()).toBe('here');
  expect(opened).toBe(1);
});

test('a connection that nothing was asked over for a while is not used again', async () => {
  server.keepAliveTimeout = 0;
  client = makeHttpClient(1, { idleMs: 50 });
  await ask();
  await rest(500);
  await ask();
  expect(opened).toBe(2);
});

test('a connection is left alone a second before the server closes it', async () => {
  server.keepAliveTimeout = 2_000;
  client = makeHttpClient(1);
  const life = (): Promise<number> =>
    new Promise((resolve) => {
      server.once('connection', (socket) => {
        const from = performance.now();
        socket.once('close', () => resolve(performance.now() - from));
      });
    });
  const lives: number[] = [];
  // The client goes first; one that stood still for most of a second meanwhile is asked to once more.
  while (lives.every((ms) => ms >= 1_900) && lives.length < 5) {
    const ended = life();
    await ask();
    lives.push(await ended);
  }
  expect(Math.min(...lives)).toBeLessThan(1_900);
});

test('a request may take longer than connections are kept', async () => {
  server.removeAllListeners('request');
  server.on('request', (_, out) => setTimeout(() => out.end('late'), 400));
  client = makeHttpClient(1, { idleMs: 50 });
  expect(await ask()).toBe('late');
});

const whyRefused = (
  host: string,
  protocol = 'http:',
): Promise<{ kind: string; mayHaveArrived: boolean; message: string }> => {
  const url = new URL(`${protocol}//${host}/`);
  const sent = client.send({ method: 'GET', url, headers: {}, timeoutMs: 3_000, maxBytes: 100 });
  return sent.then(
    () => ({ kind: 'none', mayHaveArrived: true, message: 'it was answered' }),
    (failure: { kind: string; mayHaveArrived: boolean; message: string }) => failure,
  );
};
const refused = (address: string) => ({
  kind: 'unreachable',
  mayHaveArrived: false,
  message: `${address} is a link-local address or one of a cloud's metadata, which the hub never asks`,
});

test.each([
  ['169.254.169.254', '169.254.169.254'],
  ['169.254.0.1:8080', '169.254.0.1'],
  ['0xa9fea9fe', '169.254.169.254'],
  ['100.100.100.200', '100.100.100.200'],
  ['[fe80::1]', 'fe80::1'],
  ['[fd00:ec2::254]', 'fd00:ec2::254'],
  ['[::ffff:169.254.169.254]', '::ffff:a9fe:a9fe'],
  ['[64:ff9b::169.254.169.254]', '64:ff9b::a9fe:a9fe'],
])('http://%s is not asked', async (host, address) => {
  client = makeHttpClient(1);
  expect(await whyRefused(host)).toMatchObject(refused(address));
  expect(await whyRefused(host, 'https:')).toMatchObject(refused(address));
});

/** Names that mean these addresses, in the form in which Node asks, of one address or of all, and later, as a machine says it. */
const meaning = (...addresses: string[]): LookupFunction => {
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  return (_, { all }, done) =>
    void setImmediate(() => (all === true ? done(null, found) : done(null, found[0]!.address, found[0]!.family)));
};

test.each([[['169.254.169.254']], [['127.0.0.1', '169.254.169.254']], [['::ffff:169.254.169.254']]])(
  'nor is a name that means %j when the connection is made',
  async (addresses) => {
    client = makeHttpClient(1, { find: meaning(...addresses) });
    expect(await whyRefused('till.example')).toMatchObject(refused(addresses.at(-1)!));
    expect(await whyRefused('till.example', 'https:')).toMatchObject(refused(addresses.at(-1)!));
  },
);

test('a name that means a machine beside the hub is asked', async () => {
  client = makeHttpClient(1, { find: meaning('127.0.0.1') });
  const url = new URL(`http://till.example:${(server.address() as AddressInfo).port}/`);
  const { status } = await client.send({ method: 'GET', url, headers: {}, timeoutMs: 10_000, maxBytes: 100 });
  expect(status).toBe(200);
});
