/** The palette and the help of keys; loaded when first used. */
import { lazy, Suspense } from 'react';
import { useOpenTool } from './tool-switches.ts';

const Palette = lazy(() => import('./palette.tsx').then(({ Palette: component }) => ({ default: component })));
const KeyHelp = lazy(() => import('./key-help.tsx').then(({ KeyHelp: component }) => ({ default: component })));

export function Tools() {
  const tool = useOpenTool();
  return (
    <Suspense>
      {tool === 'palette' && <Palette />}
      {tool === 'help' && <KeyHelp />}
    </Suspense>
  );
}
