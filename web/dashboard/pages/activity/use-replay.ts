/** Sends the record of an event its way again, and says so in the corner. */
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { ActivityReplayDocument } from '../../graph/graphql.ts';
import { told, toldFailure } from '../../parts/told.ts';

export function useReplay(): { run(id: string): Promise<string | null>; readonly isRunning: boolean } {
  const { t } = useTranslation('activity');
  const command = useCommand(ActivityReplayDocument, []);
  return {
    isRunning: command.isRunning,
    /** Id of the job that does it; null when it was refused. */
    async run(id) {
      try {
        const { syncEventReplay } = await command.run({ input: { id } });
        told(t('replayed'));
        return syncEventReplay.job?.id ?? null;
      } catch (thrown) {
        toldFailure(thrown as Error);
        return null;
      }
    },
  };
}
