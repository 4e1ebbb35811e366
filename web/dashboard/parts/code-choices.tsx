/**
 * What a code of a value list can become: what the list leads to already, and what the connected systems list themselves, with their names.
 * Asked apart from everything else: a system that does not answer keeps nobody from typing a code.
 */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../api/hooks.ts';
import { CodeChoicesDocument } from '../graph/graphql.ts';

export interface Code {
  readonly value: string;
  readonly name: string | null;
}

export interface Choices {
  /** Those that are meant with this second code (country); the others when there are none of it. */
  of(second: string | null | undefined): readonly Code[];
  /** What the systems list; empty when none does, or as long as that is not known. */
  readonly listed: ReadonlyMap<string, string | null>;
  /** The systems that list these codes. */
  readonly systems: string;
  /** Why some are not known now. */
  readonly problems: readonly string[];
}

/** `used`: what the list leads to already. */
export function useCodeChoices(listId: string, used: readonly string[]): Choices {
  const { data } = useAsk(CodeChoicesDocument, { id: listId });
  const lists = data?.valueMap?.choices ?? [];
  const codes = lists.flatMap((each) => each.codes);
  const listed = new Map(codes.map(({ value, name }) => [value, name ?? null]));
  return {
    of(second) {
      const ofCountry = codes.filter(({ country }) => country === second);
      const meant = ofCountry.length > 0 && second != null ? ofCountry : codes;
      const others = [...new Set(used)].filter((value) => !listed.has(value) && value !== '');
      return [
        ...new Map(meant.map(({ value, name }) => [value, { value, name: name ?? null }])).values(),
        ...others.map((value) => ({ value, name: null })),
      ];
    },
    listed,
    systems: lists
      .flatMap(({ system, codes: some }) => (some.length > 0 && system != null ? system.name : []))
      .join(', '),
    problems: lists.flatMap(({ problem }) => problem ?? []),
  };
}

/** The choices of an input that names it as its `list`. */
export const CodeOptions = ({ id, codes }: { readonly id: string; readonly codes: readonly Code[] }) => (
  <datalist id={id}>
    {codes.map(({ value, name }) => (
      <option key={value} value={value} label={name === null ? undefined : `${value} · ${name}`} />
    ))}
  </datalist>
);

/** What the system calls a code that was entered, or that it does not list it. */
export function CodeName({
  choices: { listed, systems },
  value,
}: {
  readonly choices: Choices;
  readonly value: string;
}) {
  const { t } = useTranslation();
  const code = value.trim();
  if (code === '' || listed.size === 0) return null;
  const name = listed.get(code);
  if (name === undefined) {
    return (
      <Text size="xs" c="var(--koppel-retrying)">
        {t('codeNotListed', { system: systems })}
      </Text>
    );
  }
  return name === null || name === code ? null : (
    <Text size="xs" className="muted">
      {name}
    </Text>
  );
}

/** Why there is nothing to choose from, where there should be. */
export function ChoiceProblems({ choices: { problems } }: { readonly choices: Choices }) {
  const { t } = useTranslation();
  return problems.map((problem) => (
    <Text key={problem} size="xs" className="muted" role="note">
      {t('codesUnknown')} {problem}
    </Text>
  ));
}
