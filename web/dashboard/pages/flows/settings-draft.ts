/** Settings of a flow as a person edits them, and what of them is new. In: the settings as the hub has them. Out: the input of flowUpdate. Pure. */
import type { FlowSettingsInput, FlowsSettingsQuery, OrderFlowSettingsInput } from '../../graph/graphql.ts';

export type SetFlow = NonNullable<FlowsSettingsQuery['flow']>;
type Values = SetFlow['settings'];

export const units = ['S', 'M', 'H'] as const;
export type Unit = (typeof units)[number];
const seconds: Readonly<Record<Unit, number>> = { S: 1, M: 60, H: 3_600 };

/** Texts stand for what may be missing; moments as the browser's own field has them. */
export interface Draft extends Omit<
  Values,
  'ownedFields' | 'start' | 'startFrom' | 'liveFrom' | 'batchSize' | 'articleNumbers' | 'guard'
> {
  readonly name: string;
  readonly every: string;
  readonly unit: Unit;
  readonly batchSize: string;
  readonly ownedFields: string;
  readonly start: 'BEGINNING' | 'NOW' | 'DATE';
  readonly startFrom: string;
  readonly liveFrom: string;
  readonly numberMode: Values['articleNumbers']['mode'];
  readonly numberFrom: string;
  readonly guard: { readonly isOn: boolean } & Readonly<Record<'maxRecords' | 'maxPercent' | 'maxPriceFactor', string>>;
}

export function draftOf({ name, schedule, settings }: SetFlow): Draft {
  const { ownedFields, start, startFrom, liveFrom, articleNumbers, batchSize, guard, ...plain } = settings;
  return {
    ...plain,
    ...rhythmOf(schedule.every ?? 'PT5S'),
    name,
    batchSize: String(batchSize),
    ownedFields: ownedFields.join(', '),
    start: startFrom == null ? start : 'DATE',
    startFrom: toLocal(startFrom),
    liveFrom: toLocal(liveFrom),
    numberMode: articleNumbers.mode,
    numberFrom: articleNumbers.from ?? '',
    guard: {
      isOn: guard.isOn,
      maxRecords: String(guard.maxRecords),
      maxPercent: String(guard.maxPercent),
      maxPriceFactor: guard.maxPriceFactor,
    },
  };
}

export const isSame = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What was sent, as it is stored now (1,5 has become 1.5), with what was changed since it was sent. */
export function carriedOver(sent: Draft, now: Draft, stored: Draft): Draft {
  const changed = Object.entries(now).filter(([key, value]) => !isSame([value], [sent[key as keyof Draft]]));
  return { ...stored, ...Object.fromEntries(changed) };
}

/** ISO 8601 in the largest unit that needs no fraction. */
function rhythmOf(every: string): { readonly every: string; readonly unit: Unit } {
  const [, days, hours, minutes, secs] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(every) ?? [];
  const all = Number(days ?? 0) * 86_400 + Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(secs ?? 0);
  const unit = all > 0 && all % 3_600 === 0 ? 'H' : all > 0 && all % 60 === 0 ? 'M' : 'S';
  return { every: String(all / seconds[unit]), unit };
}

/** What was changed; nothing of what was left as it is, so that what others set meanwhile stays. */
export function changesOf(
  before: Draft,
  now: Draft,
): { readonly name?: string; readonly every?: string; readonly settings?: FlowSettingsInput } {
  const settings = settingChanges(before, now);
  return {
    ...(now.name === before.name ? {} : { name: now.name.trim() }),
    ...(now.every === before.every && now.unit === before.unit ? {} : { every: `PT${now.every.trim()}${now.unit}` }),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
  };
}

const plainKeys = ['createMissing', 'updateExisting', 'country', 'currency', 'stockCalculation'] as const;

function settingChanges(before: Draft, now: Draft): FlowSettingsInput {
  const isChanged = (...keys: readonly (keyof Draft)[]): boolean => keys.some((key) => now[key] !== before[key]);
  const order = orderChanges(before.order, now.order);
  return {
    ...Object.fromEntries(plainKeys.filter((key) => isChanged(key)).map((key) => [key, now[key]])),
    ...(isChanged('batchSize') ? { batchSize: Number(now.batchSize) } : {}),
    ...(isChanged('ownedFields') ? { ownedFields: now.ownedFields.split(/[\s,;]+/).filter(Boolean) } : {}),
    ...(isChanged('start', 'startFrom') ? startOf(now) : {}),
    ...(isChanged('liveFrom') ? { liveFrom: fromLocal(now.liveFrom) } : {}),
    ...(isChanged('numberMode', 'numberFrom')
      ? { articleNumbers: { mode: now.numberMode, from: now.numberMode === 'ALLOCATE' ? now.numberFrom.trim() : null } }
      : {}),
    ...(isSame(now.guard, before.guard) ? {} : { guard: guardOf(now) }),
    ...(Object.keys(order).length === 0 ? {} : { order }),
  };
}

/** How a factor may be written: keypads have the comma of the language. */
export const factorPattern = '[0-9]+([.,][0-9]+)?';

const guardOf = ({ guard: { isOn, maxRecords, maxPercent, maxPriceFactor } }: Draft): FlowSettingsInput['guard'] => ({
  isOn,
  maxRecords: Number(maxRecords),
  maxPercent: Number(maxPercent),
  maxPriceFactor: maxPriceFactor.trim().replace(',', '.'),
});

function startOf({ start, startFrom }: Draft): FlowSettingsInput {
  if (start === 'DATE') return { startFrom: fromLocal(startFrom) };
  return start === 'NOW' ? { start: 'NOW' } : { start: 'BEGINNING', startFrom: null };
}

function orderChanges(before: Draft['order'], now: Draft['order']): OrderFlowSettingsInput {
  const changed = Object.entries(now).filter(([key, value]) => !isSame([value], [before[key as keyof Draft['order']]]));
  return Object.fromEntries(changed.map(([key, value]) => [key, value === '' ? null : value]));
}

/** The browser's field has no zone: it means that of the person. */
function toLocal(moment: string | null | undefined): string {
  if (moment == null) return '';
  const at = new Date(moment);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const fromLocal = (text: string): string | null => (text === '' ? null : new Date(text).toISOString());
