/**
 * Files of one JSON value a line, appended to and read back. A line without its end was cut by a kill: nobody was told of
 * it, so it is taken off the file. Files may be larger than the longest string.
 */
import { appendFileSync, closeSync, existsSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

const chunkBytes = 1_048_576;

/** Calls `use` for every complete line, in order. A missing file has none. */
export function eachLine<T>(path: string, use: (value: T) => void): void {
  if (!existsSync(path)) return;
  const file = openSync(path, 'r+');
  try {
    let rest: Buffer = Buffer.alloc(0);
    for (let at = 0; ;) {
      const chunk = Buffer.allocUnsafe(chunkBytes);
      const read = readSync(file, chunk, 0, chunkBytes, at);
      if (read === 0) break;
      at += read;
      const data = rest.length === 0 ? chunk.subarray(0, read) : Buffer.concat([rest, chunk.subarray(0, read)]);
      rest = useLines(data, use);
    }
    if (rest.length > 0) ftruncateSync(file, fstatSync(file).size - rest.length);
  } finally {
    closeSync(file);
  }
}

/** Gives what stands after the last end of line. */
function useLines<T>(data: Buffer, use: (value: T) => void): Buffer {
  let begin = 0;
  for (let end = data.indexOf(10); end !== -1; end = data.indexOf(10, begin)) {
    if (end > begin) use(JSON.parse(data.toString('utf8', begin, end)) as T);
    begin = end + 1;
  }
  return data.subarray(begin);
}

/** On disk (as far as a killed process is concerned) when it returns. */
export function appendLines(file: number | string, values: readonly unknown[]): void {
  if (values.length > 0) appendFileSync(file, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
}
