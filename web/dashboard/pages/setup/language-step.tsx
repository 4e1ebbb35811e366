/** Step 1: in which language the pages speak, and how they write amounts and times. Currency and country are settings of the systems and flows. */
import { Button, NativeSelect, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import { rightNow } from '../../parts/now.ts';
import { useCommand } from '../../api/hooks.ts';
import { SetupDocument, SetupStepDoneDocument } from '../../graph/graphql.ts';
import { isPageLanguage, languages, ownNames, speak } from '../../words/language.ts';
import type { StepProps } from './steps.ts';

const sampleAmount = { amount: '1234.5', currency: 'EUR' };

export function LanguageStep({ onDone }: StepProps) {
  const { t, i18n } = useTranslation('setup');
  const formats = useFormats();
  const said = useCommand(SetupStepDoneDocument, [SetupDocument]);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Stack gap="md" maw={520}>
      <Text size="sm">{t('languageText')}</Text>
      <NativeSelect
        label={t('language')}
        value={i18n.language}
        data={languages.map((value) => ({ value, label: ownNames[value] }))}
        onChange={({ currentTarget: { value } }) => {
          if (isPageLanguage(value)) void speak(value);
        }}
      />
      <Table>
        <Table.Tbody>
          <Table.Tr>
            <Table.Th scope="row">{t('amount')}</Table.Th>
            <Table.Td>{formats.money(sampleAmount)}</Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th scope="row">{t('moment')}</Table.Th>
            <Table.Td>{formats.moment(rightNow())}</Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th scope="row">{t('zone')}</Table.Th>
            <Table.Td>
              {zone}{' '}
              <Text span size="sm" className="muted">
                {t('zoneHint')}
              </Text>
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
      <div>
        <Button
          loading={said.isRunning}
          onClick={() => void said.run({ input: { step: 'LANGUAGE_AND_TIME' } }).then(onDone, () => undefined)}
        >
          {t('next')}
        </Button>
        {said.error !== null && <Failure error={said.error} />}
      </div>
    </Stack>
  );
}
