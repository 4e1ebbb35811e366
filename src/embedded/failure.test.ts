/** What Postgres says when it gives up, in words that help. */
import { describe, expect, it } from '@jest/globals';
import { startFailure } from './failure.js';

describe('a Postgres that gives up', () => {
  it.each([
    [
      'initdb: error: could not look up effective user ID 4711: user does not exist',
      'the user id 4711 is not in /etc/passwd',
    ],
    ['FATAL:  could not write lock file "postmaster.pid": No space left on device', 'the disk is full'],
    ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', 'its port is in use'],
    [
      'postgres: error while loading shared libraries: libicuuc.so.60: cannot open',
      'the library libicuuc.so.60 is missing',
    ],
    ['PANIC:  could not locate a valid checkpoint record at 0/1', 'its data is damaged; restore a backup'],
    ['LOG:  starting\nFATAL:  something that nobody has seen yet\n', 'FATAL:  something that nobody has seen yet'],
    ['', 'it said nothing'],
  ])('after %j is explained', (stderr, saying) => {
    const failure = startFailure(stderr, '/data/server.log');
    expect(failure).toMatchObject({ code: 'EMBEDDED_START_FAILED', hint: 'Its own words are in /data/server.log.' });
    expect(failure.message).toContain(saying);
  });
});
