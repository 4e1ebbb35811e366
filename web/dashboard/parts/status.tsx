/** A state as shape, word and colour, the same everywhere and readable in black and white. */
import { useTranslation } from 'react-i18next';
import type {
  AlertStatus,
  EntitySyncState,
  FlowState,
  JobStatus,
  SyncOutcome,
  SystemStatus,
  DeadLetterStatus,
} from '../graph/kinds.ts';

export type Tone = 'ok' | 'pending' | 'retrying' | 'failed' | 'blocked' | 'paused' | 'excluded';

/** How a state of each kind is shown. */
const tones = {
  sync: { IN_SYNC: 'ok', PENDING: 'pending', RETRYING: 'retrying', FAILED: 'failed', BLOCKED: 'blocked', HELD: 'paused', EXCLUDED: 'excluded', NOT_LINKED: 'excluded' } satisfies Record<EntitySyncState, Tone>, // prettier-ignore
  outcome: { SUCCEEDED: 'ok', UNCHANGED: 'excluded', RETRYING: 'retrying', FAILED: 'failed', BLOCKED: 'blocked', EXCLUDED: 'excluded', DISCARDED: 'paused' } satisfies Record<SyncOutcome, Tone>, // prettier-ignore
  flow: { ENABLED: 'ok', PAUSED: 'paused', DISABLED: 'excluded', DRAFT: 'excluded', SUSPENDED: 'blocked' } satisfies Record<FlowState, Tone>, // prettier-ignore
  connection: { CONNECTED: 'ok', DEGRADED: 'retrying', UNREACHABLE: 'failed', CREDENTIALS_REJECTED: 'failed', PAUSED: 'paused', DRAFT: 'excluded' } satisfies Record<SystemStatus, Tone>, // prettier-ignore
  job: { QUEUED: 'pending', RUNNING: 'pending', CANCELLING: 'paused', CANCELLED: 'paused', SUCCEEDED: 'ok', FAILED: 'failed' } satisfies Record<JobStatus, Tone>, // prettier-ignore
  alert: { FIRING: 'failed', ACKNOWLEDGED: 'retrying', SNOOZED: 'paused', RESOLVED: 'ok' } satisfies Record<AlertStatus, Tone>, // prettier-ignore
  problem: { OPEN: 'failed', REPLAYING: 'retrying', RESOLVED: 'ok', DISCARDED: 'paused' } satisfies Record<DeadLetterStatus, Tone>, // prettier-ignore
} as const;

export type StateKind = keyof typeof tones;
export type StateOf<K extends StateKind> = keyof (typeof tones)[K] & string;

export const toneOf = <K extends StateKind>(kind: K, state: StateOf<K>): Tone => tones[kind][state] as Tone;

/** The word for a state in the language of the page. */
export function useStateWord(): <K extends StateKind>(kind: K, state: StateOf<K>) => string {
  const { t } = useTranslation('kinds');
  return (kind, state) => t(`${kind}.${state}` as never);
}

/** ● ◔ ↻ ▲ ■ ‖ ○ drawn, so that they look alike in every font. */
export function Shape({ tone, size = 12 }: { readonly tone: Tone; readonly size?: number }) {
  return (
    <svg className={`tone-${tone}`} width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
      {drawings[tone]}
    </svg>
  );
}

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.6 } as const;
const drawings: Readonly<Record<Tone, React.ReactNode>> = {
  ok: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  pending: (
    <>
      <circle cx="6" cy="6" r="4.6" {...line} />
      <path d="M6 6V1.4A4.6 4.6 0 0 1 10.6 6Z" fill="currentColor" />
    </>
  ),
  retrying: (
    <>
      <path d="M10.4 6A4.4 4.4 0 1 1 8.2 2.2" {...line} />
      <path d="M7.2 0.3L10.8 2L7.6 4.3Z" fill="currentColor" />
    </>
  ),
  failed: <path d="M6 0.8L11.6 11H0.4Z" fill="currentColor" />,
  blocked: <rect x="1.2" y="1.2" width="9.6" height="9.6" fill="currentColor" />,
  paused: <path d="M3.4 1.5v9M8.6 1.5v9" {...line} strokeWidth="2.4" />,
  excluded: <circle cx="6" cy="6" r="4.6" {...line} />,
};

/** Shape and word. */
export function Status<K extends StateKind>({ kind, state }: { readonly kind: K; readonly state: StateOf<K> }) {
  const word = useStateWord();
  return (
    <span className="status">
      <Shape tone={toneOf(kind, state)} />
      <span>{word(kind, state)}</span>
    </span>
  );
}
