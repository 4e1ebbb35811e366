/** Connections between requests, against a real server. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
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
  const closed = new Promise<number>((resolve) => {
    server.on('connection', (socket) => {
      const from = performance.now();
      socket.on('end', () => resolve(performance.now() - from));
    });
  });
  await ask();
  // The client goes first.
  expect(await closed).toBeLessThan(1_900);
});

test('a request may take longer than connections are kept', async () => {
  server.removeAllListeners('request');
  server.on('request', (_, out) => setTimeout(() => out.end('late'), 400));
  client = makeHttpClient(1, { idleMs: 50 });
  expect(await ask()).toBe('late');
});
