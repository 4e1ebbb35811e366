/**
 * The hub's log on its way: every JSON line goes to hub.log, people see a short line for what the hub says at level info and
 * above. Text that is not JSON (a key that is shown once) is for people only and never reaches the file.
 */
import { createWriteStream, existsSync, renameSync, statSync } from 'node:fs';

export interface HubLog {
  /** A line of the hub's standard output. */
  line(text: string): void;
  /** A line of its standard error: into the file only; the supervisor shows the last ones when the hub dies. */
  complaint(text: string): void;
  close(): Promise<void>;
}

const largestFile = 20_000_000;

export function openHubLog(file: string, say: (line: string) => void): HubLog {
  if (existsSync(file) && statSync(file).size > largestFile) renameSync(file, `${file}.1`);
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
  stream.on('error', (error) => say(`!! ${file} cannot be written: ${error.message}`));
  return {
    line(text) {
      const entry = parseEntry(text);
      if (entry === undefined) return say(text);
      stream.write(`${text}\n`);
      const short = shortLine(entry);
      if (short !== undefined) say(short);
    },
    complaint: (text) => void stream.write(`${text}\n`),
    close: () => new Promise((done) => stream.end(done)),
  };
}

type Entry = Readonly<Record<string, unknown>>;

function parseEntry(text: string): Entry | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(text) as Entry;
    return typeof entry['msg'] === 'string' ? entry : undefined;
  } catch {
    return undefined;
  }
}

const notShown = new Set([
  'level',
  'time',
  'service',
  'msg',
  'line',
  'pid',
  'hostname',
  'traceId',
  'cause',
  'run',
  'hint',
]);
const marks: Readonly<Record<string, string>> = { info: '  ', warn: '! ', error: '!!' };
const widest = 200;

/** `12:00:31    products mpluskassa → softmaat: 500 written`; undefined below info. A field `line` is taken as it is. */
export function shortLine(entry: Entry): string | undefined {
  const mark = marks[String(entry['level'])];
  if (mark === undefined) return undefined;
  const time = String(entry['time'] ?? '').slice(11, 19);
  const said = typeof entry['line'] === 'string' ? entry['line'] : withFields(entry);
  const text = `${time} ${mark} ${said}`;
  return text.length > widest ? `${text.slice(0, widest - 1)}…` : text;
}

function withFields(entry: Entry): string {
  const fields = Object.entries(entry)
    .filter(([name, value]) => !notShown.has(name) && value !== undefined && value !== '' && typeof value !== 'object')
    .map(([name, value]) => `${name} ${String(value)}`);
  return [String(entry['msg']), ...fields].join(' · ');
}
