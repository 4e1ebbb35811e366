/**
 * People who work in both sandboxes after the first start (sandbox/people.ts): a process that ends by itself and that nothing waits for. In: where hub
 * and sandboxes are, and a key. Out: the way to end it earlier.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface SamplePeople {
  stop(): Promise<void>;
  kill(): void;
}

export interface SamplePlaces {
  /** Built file. */
  readonly program: string;
  readonly hub: string;
  readonly till: string;
  readonly shop: string;
  readonly apiKey: string;
}

export function sendPeople({ program, hub, till, shop, apiKey }: SamplePlaces): SamplePeople {
  const preload = new URL('./end-with-parent.js', import.meta.url).href;
  const where = ['--hub', hub, '--till', till, '--shop', shop];
  const child = spawn(process.execPath, ['--import', preload, program, ...where], {
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
    detached: true,
  });
  const ended = once(child, 'exit').catch(() => undefined);
  // The key goes where nobody who lists the processes reads it.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(apiKey);
  return {
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
