/** Small things that records show: hidden values, amounts, states of documents, facts, parts. */
import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { useNow } from '../../parts/now.ts';
import { Shape, type Tone } from '../../parts/status.tsx';
import { wholeUnits } from './amounts.ts';
import { Why } from './why.tsx';

/** What the hub shows of personal data to those who may not see it. */
const hidden = '•••';

/** A text, or a dash; hidden ones say what they need. */
export function Shown({ text }: { readonly text: string | null | undefined }) {
  const { t } = useTranslation();
  if (text == null || text === '') return <span className="muted">–</span>;
  if (!text.includes(hidden)) return <>{text}</>;
  const why = t('masked');
  return (
    <span title={why} aria-label={why}>
      {text}
    </span>
  );
}

/** An amount, or a dash. */
export function Amount({
  of: value,
}: {
  readonly of: { readonly amount: string; readonly currency: string } | null | undefined;
}) {
  const formats = useFormats();
  return value == null ? <span className="muted">–</span> : <span className="amount">{formats.money(value)}</span>;
}

/** How long something has been so: "for 5 min"; exact on hover. */
export function SinceThen({ at }: { readonly at: string }) {
  const { t } = useTranslation('records');
  const formats = useFormats();
  const age = wholeUnits(useNow() - new Date(at).getTime());
  return (
    <time dateTime={at} title={formats.moment(at)}>
      {t('forSoLong', { duration: formats.duration(age) })}
    </time>
  );
}

/** A state by its shape and word. */
export const Pill = ({ tone, word }: { readonly tone: Tone; readonly word: string }) => (
  <span className="status">
    <Shape tone={tone} />
    <span>{word}</span>
  </span>
);

/** `path`: the field of the record that it is, so that it can be asked why. */
export type Fact = readonly [name: string, value: ReactNode, path?: string];

/** Names with their values; those without a value are left out. */
export function Facts({ of: facts }: { readonly of: readonly (Fact | null)[] }) {
  const shown = facts.filter((fact): fact is Fact => fact !== null && fact[1] !== null && fact[1] !== undefined);
  return (
    <dl className="facts">
      {shown.map(([name, value, path]) => (
        <div key={name}>
          <Text component="dt" size="sm" className="muted">
            {name}
          </Text>
          <Text component="dd" size="sm">
            {value}
            {path !== undefined && (
              <>
                {' '}
                <Why path={path} name={name} value={value} />
              </>
            )}
          </Text>
        </div>
      ))}
    </dl>
  );
}

/** A part of a record under a heading. `path`: the field of the record that it shows as a whole. */
export function Part({
  title,
  path,
  children,
}: {
  readonly title: string;
  readonly path?: string;
  readonly children: ReactNode;
}) {
  return (
    <section aria-label={title}>
      <Group gap={4} mb="xs">
        <Title order={2}>{title}</Title>
        {path !== undefined && <Why path={path} name={title} />}
      </Group>
      {children}
    </section>
  );
}
