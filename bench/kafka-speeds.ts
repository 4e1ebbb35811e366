/**
 * What the throughput of the Kafka benchmark is measured in: changes a second, and changes per second of processor time, which
 * says the same on a machine that others use too.
 */
import { processorSeconds, serverPid } from './processor-time.js';
import { median, measurement, type Measurement } from './report.js';

/** Promised, of what the hub reaches at its best: of the bare script at its best, of the sink, or changes a second. */
const bars = { bare: 0.6, sink: 1.5, speed: 15_000 };

export interface Spent {
  readonly seconds: number;
  /** Of the contender's processes and of Postgres; the broker is not in it. */
  readonly processor: number | undefined;
}

export interface Speed {
  readonly perSecond: number;
  /** Changes per second of processor time: what there would be on one core that has nothing else to do. */
  readonly perCore: number | undefined;
}

export const speedOf = (changes: number, { seconds, processor }: Spent): Speed => ({
  perSecond: changes / seconds,
  perCore: processor === undefined ? undefined : changes / processor,
});

export async function startWatch(
  url: string,
  all: readonly { readonly pid: number | undefined }[],
): Promise<() => Spent> {
  const pids = [await serverPid(url), ...all.map(({ pid }) => pid)];
  const before = processorSeconds(pids);
  const started = performance.now();
  return () => {
    const seconds = (performance.now() - started) / 1000;
    const after = processorSeconds(pids);
    return { seconds, processor: before === undefined || after === undefined ? undefined : after - before };
  };
}

/** `hub, 1`, `bare, 2`, `sink` → what each round reached. */
export function toMeasurements(found: ReadonlyMap<string, readonly Speed[]>): Measurement[] {
  const [hub, bare, all, sink] = [
    best(found, 'hub,'),
    best(found, 'bare,'),
    best(found, 'bare with'),
    best(found, 'sink'),
  ];
  const against = ({ name, speeds }: typeof hub, bar: number) => ({ name, values: speeds.map((speed) => speed.perSecond), bar }); // prettier-ignore
  const perSecond = hub.speeds.map((speed) => speed.perSecond);
  const fast = { name: `${bars.speed} changes/s`, values: [bars.speed], bar: 1 };
  const isFast = median(perSecond) >= bars.speed;
  const perCore = (speed: Speed): number => speed.perCore ?? NaN;
  const knowsCores = [hub, bare, all, sink].every(({ speeds }) => speeds.every((speed) => speed.perCore !== undefined));
  return [
    ...[...found].flatMap(([what, speeds]) => [
      measurement(`kafka: ${what}`, speeds.map((speed) => speed.perSecond), 'changes/s'),
      ...(knowsCores ? [measurement(`kafka: ${what}`, speeds.map(perCore), 'changes per second of processor')] : []),
    ]),
    // Either is enough: the first one is about the machine.
    measurement(`best of the hub (${hub.name})`, perSecond, 'changes/s', isFast ? fast : against(bare, bars.bare)),
    measurement(`best of the hub (${hub.name})`, perSecond, 'changes/s', against(all, bars.bare)),
    measurement(`best of the hub (${hub.name})`, perSecond, 'changes/s', against(sink, bars.sink)),
  ]; // prettier-ignore
}

function best(found: ReadonlyMap<string, readonly Speed[]>, who: string): { name: string; speeds: readonly Speed[] } {
  const all = [...found].filter(([what]) => what.startsWith(who)).map(([name, speeds]) => ({ name, speeds }));
  const speed = ({ speeds }: (typeof all)[number]): number => median(speeds.map(({ perSecond }) => perSecond));
  return all.sort((a, b) => speed(b) - speed(a))[0] ?? { name: who, speeds: [] };
}
