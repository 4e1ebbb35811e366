/** The keys and what they do. */
import { Kbd, Modal, Switch, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { changeHabits, useHabits } from '../parts/habits.ts';
import { closeTool } from './tool-switches.ts';

const rows = [
  ['Ctrl K', 'keyPalette'],
  ['g o a p l f m v c s', 'keyPages'],
  ['/', 'keyFilter'],
  ['j k', 'keyRows'],
  ['Enter', 'keyOpen'],
  ['x', 'keySelect'],
  ['Shift x', 'keyRange'],
  ['Esc', 'keyClose'],
  ['r e d', 'keyProblems'],
  ['1 2 e', 'keyConflicts'],
  ['Ctrl S · Ctrl Enter · F8', 'keyEditor'],
  ['?', 'keyHelp'],
] as const;

export function KeyHelp() {
  const { t } = useTranslation('tools');
  const { t: common } = useTranslation();
  const { hasLetterKeys, isTimeExact } = useHabits();
  return (
    <Modal opened onClose={closeTool} title={common('help')} closeButtonProps={{ 'aria-label': common('close') }}>
      <Table>
        <Table.Tbody>
          {rows.map(([keys, word]) => (
            <Table.Tr key={word}>
              <Table.Td>
                <Kbd>{keys}</Kbd>
              </Table.Td>
              <Table.Td>{t(word)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Switch
        mt="md"
        label={t('letterKeys')}
        checked={hasLetterKeys}
        onChange={(event) => changeHabits({ hasLetterKeys: event.currentTarget.checked })}
      />
      <Switch
        mt="sm"
        label={t('exactTime')}
        checked={isTimeExact}
        onChange={(event) => changeHabits({ isTimeExact: event.currentTarget.checked })}
      />
    </Modal>
  );
}
