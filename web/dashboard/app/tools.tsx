/** The palette and the help of keys; loaded when first used. */
import { Suspense } from 'react';
import { lazyPart } from './lazy-page.ts';
import { useOpenTool } from './tool-switches.ts';

const Palette = lazyPart(async () => (await import('./palette.tsx')).Palette, ['tools']);
const KeyHelp = lazyPart(async () => (await import('./key-help.tsx')).KeyHelp, ['tools']);

export function Tools() {
  const tool = useOpenTool();
  return (
    <Suspense>
      {tool === 'palette' && <Palette />}
      {tool === 'help' && <KeyHelp />}
    </Suspense>
  );
}
