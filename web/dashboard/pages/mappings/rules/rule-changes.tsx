/** Rules that differ between two versions of a mapping, in words: the field, and its rule before and after. */
import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MappingRuleChangeFragment } from '../../../graph/graphql.ts';
import '../mappings.css';
import { editedRule } from '../model/rules.ts';
import { FieldName } from './field-name.tsx';
import { summaryOf, type Named } from './summary.ts';

export function RuleChanges({
  changes,
  label,
  names,
  fieldOf = () => null,
}: {
  readonly changes: readonly MappingRuleChangeFragment[];
  readonly label: string;
  readonly names: Named;
  /** The name of a field that a rule writes, by its path. */
  fieldOf?(path: string): string | null;
}) {
  const { t } = useTranslation('mappings');
  const words = (rule: MappingRuleChangeFragment['before']): string => {
    if (rule == null) return '–';
    const how = rule.kind === 'COPY' ? names.wordOf(rule.source ?? '') : summaryOf(editedRule(rule), t, names);
    const when = [rule.onCreate ? '' : t('notOnCreate'), rule.onUpdate ? '' : t('notOnUpdate'), rule.isEnabled ? '' : t('off')]; // prettier-ignore
    return [`${t(`kind.${rule.kind}`)} ${how}`, ...when].filter((part) => part !== '').join(' · ');
  };
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table verticalSpacing={4} fz="sm" aria-label={label} className="preview-changes">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('field')}</Table.Th>
            <Table.Th scope="col">{t('before')}</Table.Th>
            <Table.Th scope="col">{t('after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map(({ kind, target, before, after }, i) => (
            <Table.Tr key={`${target}${i}`}>
              <Table.Td>
                <FieldName path={target} name={fieldOf(target)} />
                <Text size="xs" className="muted">
                  {t(`change.${kind}`)}
                </Text>
              </Table.Td>
              <Table.Td className="diff-before">{words(before)}</Table.Td>
              <Table.Td className="diff-after">{words(after)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
