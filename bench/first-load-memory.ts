/** The memory of another process while it works. In: its id. Out: resident memory once a second, and the most it ever was. */
import { readFileSync } from 'node:fs';

export interface MemorySample {
  readonly seconds: number;
  readonly megabytes: number;
}

export interface MemoryWatch {
  /** Ends watching. `peak` is what the kernel says, so no moment between two samples is missed. */
  stop(): { readonly curve: readonly MemorySample[]; readonly peak: number };
}

export function watchMemory(pid: number): MemoryWatch {
  const started = performance.now();
  const curve: MemorySample[] = [];
  const look = (): void => {
    curve.push({ seconds: (performance.now() - started) / 1000, megabytes: read(pid, 'VmRSS') });
  };
  look();
  const timer = setInterval(look, 1000);
  return {
    stop() {
      clearInterval(timer);
      look();
      return { curve, peak: read(pid, 'VmHWM') };
    },
  };
}

/** In MB; NaN where the kernel does not tell, which is everywhere but on Linux. */
function read(pid: number, what: 'VmRSS' | 'VmHWM'): number {
  try {
    const line = new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line?.[1] === undefined ? NaN : Number(line[1]) / 1024;
  } catch {
    return NaN;
  }
}
