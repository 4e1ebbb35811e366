/** How a system is doing, in figures and words; used by the list and by the page of one. */
import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SystemsRowFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { useNow } from '../../parts/now.ts';
import { Shape, type Tone } from '../../parts/status.tsx';

type Row = SystemsRowFragment;

/** Time of a write: half of them, and 95 of 100. */
export function Latency({ system: { id, health } }: { readonly system: Row }) {
  const { t } = useTranslation('systems');
  const formats = useFormats();
  const { medianMs, p95Ms } = health.calls;
  if (medianMs == null || p95Ms == null) return <span className="muted">{t('noWrites')}</span>;
  return (
    <Events of={id} hint={t('latencyHint')}>
      {t('latencyBoth', { median: formats.duration(medianMs), most: formats.duration(p95Ms) })}
    </Events>
  );
}

export function FailureShare({ system: { id, health } }: { readonly system: Row }) {
  const { t } = useTranslation('systems');
  const formats = useFormats();
  const { written, failed } = health.calls;
  const all = written + failed;
  if (all === 0) return <span className="muted">{t('noWrites')}</span>;
  const text = t('failuresOf', {
    ...{ share: formats.percent(failed / all), failed: formats.number(failed), all: formats.number(all) },
  });
  return (
    <Events of={id} {...(failed === 0 ? {} : { outcome: 'RETRYING,FAILED' })}>
      {text}
    </Events>
  );
}

const hourMs = 3_600_000;

/** A figure of the last hour, which leads to the events of the system in it. */
export function Events({
  of: system,
  outcome,
  hint,
  children,
}: {
  readonly of: string;
  readonly outcome?: string;
  readonly hint?: string;
  readonly children: ReactNode;
}) {
  const from = new Date(useNow() - hourMs).toISOString();
  return (
    <Anchor component={Link} to="/activity" search={{ system, outcome, from } as never} size="sm" title={hint}>
      {children}
    </Anchor>
  );
}

/** Whether calls are made now, and if not, what ends that. */
export function Circuit({ system: { status } }: { readonly system: Row }) {
  const { t } = useTranslation('systems');
  const [tone, word]: readonly [Tone, string] =
    status === 'PAUSED' ? ['paused', t('circuitOff')]
    : status === 'CREDENTIALS_REJECTED' ? ['failed', t('circuitRefused')]
    : status === 'UNREACHABLE' ? ['blocked', t('circuitOpen')]
    : ['ok', t('circuitClosed')]; // prettier-ignore
  return (
    <span className="status" style={{ whiteSpace: 'normal' }}>
      <Shape tone={tone} />
      <span>{word}</span>
    </span>
  );
}

export function Reason({
  text,
  isRefused = false,
}: {
  readonly text: string | null | undefined;
  /** The system does not take its credentials: who has to do what is said too. */
  readonly isRefused?: boolean;
}) {
  const { t } = useTranslation('systems');
  return text == null ? null : (
    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
      {text} {isRefused && t('enterAnew')}
    </Text>
  );
}
