/** The action that takes away what a list shows; the dialog is loaded when it is opened. */
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lazyPart } from '../../app/lazy-page.ts';
import type { ExportProps } from './list-to-export.ts';

const ExportDialog = lazyPart(async () => (await import('./export-dialog.tsx')).ExportDialog, ['dataExport']);

export function ExportList({ size = 'sm', ...props }: ExportProps & { readonly size?: 'xs' | 'sm' }) {
  const { t } = useTranslation('dataExport');
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button
        ref={button}
        variant="default"
        size={size}
        leftSection={<IconDownload size={16} aria-hidden="true" />}
        disabled={props.count?.value === 0}
        onClick={() => setOpen(true)}
      >
        {t('export')}
      </Button>
      <Suspense>
        {isOpen && (
          <ExportDialog
            {...props}
            onClose={() => {
              setOpen(false);
              button.current?.focus();
            }}
          />
        )}
      </Suspense>
    </>
  );
}
