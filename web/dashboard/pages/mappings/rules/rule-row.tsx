/** One rule: what it reads with what stands there, how it makes the value, what it writes and what came of it. Opens to be edited. */
import { Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Shape } from '../../../parts/status.tsx';
import { briefly, isAbout, resultOf, sampleAt, sourcesOf, targetPath, type PreviewProblem } from '../model/reading.ts';
import { changed, type PlacedRule } from '../model/rules.ts';
import { useEditor } from '../state.ts';
import { Connector } from './connector.tsx';
import { FieldName, useFieldWord } from './field-name.tsx';
import { targetField } from './fields.ts';
import { sourceName, targetName } from './names.ts';
import { RuleForm } from './rule-form.tsx';
import { inWords, summaryOf } from './summary.ts';

export function RuleRow({ row }: { readonly row: PlacedRule }) {
  const { problems, openId } = useEditor();
  const { rule, lists } = row;
  const own = problems.filter((problem) => isAbout(problem, row));
  const isOpen = openId === rule.id;
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    item.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  const tone = own.length > 0 ? 'failed' : rule.isEnabled ? 'plain' : 'off';
  const sources = sourcesOf(rule);
  return (
    <li ref={item} className="rule" data-open={isOpen || undefined} data-tone={tone}>
      <div className="rule-line" style={{ marginInlineStart: lists.length * 20 }}>
        <Sources row={row} sources={sources} />
        <Connector from={Math.min(sources.length, mostShown)} tone={tone} />
        <How row={row} isOpen={isOpen} />
        <Connector from={1} tone={tone} />
        <Target row={row} problems={own} />
      </div>
      {isOpen && <RuleForm row={row} problems={own} />}
    </li>
  );
}

/** Fields of a rule that are shown one by one. */
const mostShown = 3;

function Sources({ row, sources }: { readonly row: PlacedRule; readonly sources: readonly string[] }) {
  const { t } = useTranslation('mappings');
  const { mapping, preview } = useEditor();
  if (sources.length === 0) return <div className="rule-sources muted">{t('readsNothing')}</div>;
  const shown = sources.length > mostShown ? sources.slice(0, mostShown - 1) : sources;
  return (
    <div className="rule-sources">
      {shown.map((path) => {
        const value = sampleAt(preview, row, path);
        return (
          <div key={path} className="rule-field">
            <FieldName path={path} name={sourceName(mapping.sourceFields, row, path)} />
            {preview?.source != null && row.rule.kind !== 'LIST' && (
              <span className="rule-value muted" title={briefly(value, 500)}>
                {value == null || value === '' ? t('empty') : inWords(value, t)}
              </span>
            )}
            {preview?.source != null && row.rule.kind === 'LIST' && (
              <span className="rule-value muted">{t('items', { count: Array.isArray(value) ? value.length : 0 })}</span>
            )}
          </div>
        );
      })}
      {shown.length < sources.length && (
        <span className="muted">{t('andMore', { count: sources.length - shown.length })}</span>
      )}
    </div>
  );
}

function How({ row, isOpen }: { readonly row: PlacedRule; readonly isOpen: boolean }) {
  const { t } = useTranslation('mappings');
  const { mapping, openRule, valueMaps } = useEditor();
  const word = useFieldWord();
  const { rule } = row;
  const target = word(rule.target, targetName(mapping.targetFields, row));
  // On what it stands is said beside it, and there is little room.
  const wordOf = (path: string): string => word(path, lastOf(sourceName(mapping.sourceFields, row, path)));
  const nameOfList = (key: string): string => valueMaps.find((list) => list.key === key)?.name ?? key;
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <div className="rule-how">
      <UnstyledButton
        className="rule-button"
        data-rule-button
        aria-expanded={isOpen}
        onClick={() => openRule(isOpen ? null : rule.id)}
      >
        <Chevron size={16} aria-hidden="true" />
        <span className="visually-hidden">{t('ruleFor', { target })}: </span>
        <span className="rule-summary" data-off={!rule.isEnabled || undefined}>
          {(rule.kind === 'VALUE_MAP' || rule.kind === 'CONSTANT') && (
            <span className="muted">{t(`kind.${rule.kind}`)} </span>
          )}
          {summaryOf(rule, t, { nameOfList, wordOf })}
        </span>
      </UnstyledButton>
      <When rule={rule} target={target} />
    </div>
  );
}

const lastOf = (name: string | null): string | null => name?.split(' › ').at(-1) ?? null;

/** On create, on update: switched in place. */
function When({ rule, target }: Pick<PlacedRule, 'rule'> & { readonly target: string }) {
  const { t } = useTranslation('mappings');
  const { mayEdit, editing } = useEditor();
  const marks = [
    ['onCreate', t('createLetter'), t('onCreate')],
    ['onUpdate', t('updateLetter'), t('onUpdate')],
  ] as const;
  return (
    <span className="rule-when">
      {marks.map(([key, letter, words]) => (
        <button
          key={key}
          type="button"
          className="rule-mark"
          aria-pressed={rule[key]}
          aria-label={`${words}: ${target}`}
          title={words}
          disabled={!mayEdit}
          onClick={() => editing.changeRules((rules) => changed(rules, rule.id, { [key]: !rule[key] }))}
        >
          {rule[key] ? letter : '–'}
        </button>
      ))}
    </span>
  );
}

function Target({ row, problems }: { readonly row: PlacedRule; readonly problems: readonly PreviewProblem[] }) {
  const { t } = useTranslation('mappings');
  const { mapping } = useEditor();
  const field = targetField(mapping.targetFields, row);
  return (
    <div className="rule-target">
      <div className="rule-field">
        <span>
          <FieldName path={row.rule.target} name={targetName(mapping.targetFields, row)} />
          {field?.isRequired === true && <span title={t('required')}> *</span>}
        </span>
        <Result row={row} hasProblem={problems.length > 0} />
      </div>
      {problems.map(({ message, code }) => (
        <Text key={`${code}${message}`} size="xs" className="tone-failed status" style={{ whiteSpace: 'normal' }}>
          <Shape tone="failed" size={10} />
          {message}
        </Text>
      ))}
    </div>
  );
}

function Result({ row, hasProblem }: { readonly row: PlacedRule; readonly hasProblem: boolean }) {
  const { t } = useTranslation('mappings');
  const { preview } = useEditor();
  const { rule, at } = row;
  if (!rule.isEnabled) return <span className="muted">{t('off')}</span>;
  if (preview === null || preview.result == null) return null;
  const value = resultOf(preview, row);
  const usedDefault = preview.ruleResults.some((one) => one.at === at && one.usedDefault);
  if (rule.kind === 'LIST') {
    return <span className="rule-value muted">{t('items', { count: Array.isArray(value) ? value.length : 0 })}</span>;
  }
  if (value === undefined || value === null) {
    if (hasProblem) return null;
    const isKept = !rule.onUpdate && preview.current != null;
    return <span className="rule-value muted">{isKept ? t('notOnUpdate') : t('leftOut')}</span>;
  }
  const isNew = preview.changes.some(({ path }) => path === targetPath(row).split('.', 1)[0]);
  return (
    <span className="rule-value" data-new={isNew || undefined} title={briefly(value, 500)}>
      {inWords(value, t)}
      {usedDefault && <span className="muted"> {t('byDefault')}</span>}
    </span>
  );
}
