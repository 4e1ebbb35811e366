/** A record at any moment beside what it is now: as the hub knew it then, or as it was in the systems then, as far as the hub has learned since. */
import { Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { RecordAtDocument, type RecordThenFragment } from '../../graph/graphql.ts';
import type { TimeBasis } from '../../graph/kinds.ts';
import { Answer } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Nothing } from '../../parts/nothing.tsx';
import { rightNow } from '../../parts/now.ts';
import { MomentsCompared } from './moments-compared.tsx';
import type { State } from './moments.ts';
import { Part, Shown } from './shown.tsx';

const bases = ['KNOWN_TO_HUB', 'TRUE_IN_SOURCE'] as const satisfies readonly TimeBasis[];

export function AtMoment({ id }: { readonly id: string }) {
  const { t } = useTranslation('records');
  const [typed, setTyped] = useState('');
  const [basis, setBasis] = useState<TimeBasis>('KNOWN_TO_HUB');
  // On the clock of whoever looks at the page.
  const moment = new Date(typed);
  const at = Number.isNaN(moment.getTime()) ? null : moment.toISOString();
  return (
    <Part title={t('atMoment')}>
      <Stack gap="sm">
        <Group gap="sm" align="flex-end">
          <TextInput
            type="datetime-local"
            step={1}
            label={t('moment')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('momentMeans')}
            value={basis}
            data={bases.map((value) => ({ value, label: t(`basis.${value}`) }))}
            onChange={(event) => setBasis(bases.find((each) => each === event.currentTarget.value) ?? 'KNOWN_TO_HUB')}
          />
        </Group>
        {at === null ? (
          <Text size="sm" className="muted">
            {t('atMomentHint')}
          </Text>
        ) : (
          <Then key={`${at} ${basis}`} id={id} at={at} basis={basis} />
        )}
      </Stack>
    </Part>
  );
}

const stateOf = (then: RecordThenFragment | null | undefined): State =>
  then == null ? null : new Map(then.fields.map(({ path, value }) => [path, value]));

function Then({ id, at, basis }: { readonly id: string; readonly at: string; readonly basis: TimeBasis }) {
  const { t } = useTranslation('records');
  const formats = useFormats();
  const [now] = useState(rightNow);
  const asked = useAsk(RecordAtDocument, { id, at, now: new Date(now).toISOString(), basis });
  return (
    <Answer of={asked}>
      {({ then, now: present }) => {
        if (present == null) return <Nothing kind="yet" title={t('momentsNone')} />;
        if (present.fields.length === 0) return <Shown text="•••" />;
        return (
          <MomentsCompared
            fields={present.fields}
            before={{ name: formats.moment(at), state: stateOf(then) }}
            after={{ name: t('now'), state: stateOf(present) }}
          />
        );
      }}
    </Answer>
  );
}
