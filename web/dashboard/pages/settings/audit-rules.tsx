/** Which rules of a mapping an entry of the audit is about: their fields at once, the rules before and after when somebody opens it. */
import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { SettingsAuditRulesDocument } from '../../graph/graphql.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { RuleChanges } from '../mappings/rules/rule-changes.tsx';

/** As entries note them. */
export interface NotedRule {
  readonly target: string;
}

export function AuditRules({ id, rules }: { readonly id: string; readonly rules: readonly NotedRule[] }) {
  const { t } = useTranslation('settings');
  const formats = useFormats();
  const [isOpen, setOpen] = useState(false);
  const fields = formats.list([...new Set(rules.map(({ target }) => target))]);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Text component="span" size="xs">
          {t('auditRules', { count: rules.length, fields })}
        </Text>
      </summary>
      {isOpen && <Rules id={id} label={t('auditRules', { count: rules.length, fields })} />}
    </details>
  );
}

/** The mapping may be another one by now, or gone. */
const asNoted = { nameOfList: (key: string): string => key, wordOf: (path: string): string => path };

function Rules({ id, label }: { readonly id: string; readonly label: string }) {
  const asked = useAsk(SettingsAuditRulesDocument, { id });
  return (
    <Answer of={asked} skeleton={<Lines count={2} />}>
      {({ node }) =>
        node?.__typename === 'AuditEntry' ? (
          <RuleChanges changes={node.ruleChanges} label={label} names={asNoted} />
        ) : null
      }
    </Answer>
  );
}
