/** What Postgres wrote before it gave up, as a sentence that says what to do. */
import { KoppelError } from '../base/errors.js';

const sayings: readonly (readonly [RegExp, string])[] = [
  [/could not look up effective user ID (\d+)/, 'the user id $1 is not in /etc/passwd'],
  [/No space left on device/, 'the disk is full'],
  [/Permission denied/, 'a folder or file does not belong to the user that Postgres runs as'],
  [/Address already in use|could not bind/, 'its port is in use'],
  [/could not create shared memory segment|could not map anonymous shared memory/, 'there is not enough shared memory'],
  [/error while loading shared libraries: ([^:]+)/, 'the library $1 is missing on this machine'],
  [
    /invalid (?:primary )?checkpoint record|could not locate a valid checkpoint/,
    'its data is damaged; restore a backup',
  ],
  [/cannot be run as root|cannot be run by/, 'Postgres refuses to run as an administrator'],
];

/** The KoppelError for the collected stderr; Postgres's own last complaint when we do not know the case. */
export function startFailure(stderr: string, where: string): KoppelError {
  for (const [pattern, saying] of sayings) {
    const match = pattern.exec(stderr);
    if (match !== null) {
      const what = saying.replace('$1', match[1] ?? '');
      return new KoppelError('EMBEDDED_START_FAILED', { what, where }, { original: stderr });
    }
  }
  const lines = stderr.split('\n').filter((line) => /FATAL|PANIC|ERROR|error/.test(line));
  const what = (lines.at(-1) ?? stderr.trim().split('\n').at(-1) ?? '').trim() || 'it said nothing';
  return new KoppelError('EMBEDDED_START_FAILED', { what, where }, { original: stderr });
}
