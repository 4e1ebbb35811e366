/** The pages that the menu, the palette and the keys `g` + letter lead to. `scope`: who may not read it does not see it. */
import {
  IconActivity,
  IconAlertTriangle,
  IconArrowsExchange,
  IconBell,
  IconBox,
  IconBuildingWarehouse,
  IconCategory,
  IconCode,
  IconGauge,
  IconGitCompare,
  IconListDetails,
  IconPlugConnected,
  IconProgress,
  IconReceipt,
  IconRoute,
  IconScale,
  IconSettings,
  IconTable,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import type { Scope } from '../graph/kinds.ts';
import type { words } from '../words/known.ts';

export interface PageEntry {
  readonly path: string;
  readonly word: Extract<keyof (typeof words)['common'], `page${string}`>;
  readonly icon: Icon;
  readonly scope: Scope;
  /** Pressed after `g`. */
  readonly letter?: string;
  /** A page of its own beside the dashboard. */
  readonly isOutside?: true;
}

export interface PageGroup {
  readonly word: 'groupWatch' | 'groupRecords' | 'groupConfigure' | 'groupManage';
  readonly pages: readonly PageEntry[];
}

export const pageGroups: readonly PageGroup[] = [
  {
    word: 'groupWatch',
    pages: [
      { path: '/', word: 'pageOverview', icon: IconGauge, scope: 'READ_OPERATIONS', letter: 'o' },
      { path: '/activity', word: 'pageActivity', icon: IconActivity, scope: 'READ_OPERATIONS', letter: 'a' },
      { path: '/problems', word: 'pageProblems', icon: IconAlertTriangle, scope: 'READ_OPERATIONS', letter: 'p' },
      { path: '/conflicts', word: 'pageConflicts', icon: IconScale, scope: 'READ_OPERATIONS' },
      { path: '/comparisons', word: 'pageComparisons', icon: IconGitCompare, scope: 'READ_OPERATIONS' },
      { path: '/alerts', word: 'pageAlerts', icon: IconBell, scope: 'READ_OPERATIONS', letter: 'l' },
    ],
  },
  {
    word: 'groupRecords',
    pages: [
      { path: '/products', word: 'pageProducts', icon: IconBox, scope: 'READ_CATALOGUE' },
      { path: '/categories', word: 'pageCategories', icon: IconCategory, scope: 'READ_CATALOGUE' },
      { path: '/stock', word: 'pageStock', icon: IconBuildingWarehouse, scope: 'READ_STOCK' },
      { path: '/customers', word: 'pageCustomers', icon: IconUsers, scope: 'READ_CUSTOMERS', letter: 'c' },
      { path: '/orders', word: 'pageOrders', icon: IconReceipt, scope: 'READ_ORDERS' },
    ],
  },
  {
    word: 'groupConfigure',
    pages: [
      { path: '/flows', word: 'pageFlows', icon: IconArrowsExchange, scope: 'READ_OPERATIONS', letter: 'f' },
      { path: '/mappings', word: 'pageMappings', icon: IconRoute, scope: 'READ_OPERATIONS', letter: 'm' },
      { path: '/value-lists', word: 'pageValueLists', icon: IconTable, scope: 'READ_OPERATIONS', letter: 'v' },
      { path: '/systems', word: 'pageSystems', icon: IconPlugConnected, scope: 'READ_OPERATIONS', letter: 's' },
      { path: '/setup', word: 'pageSetup', icon: IconListDetails, scope: 'WRITE_SYSTEMS' },
    ],
  },
  {
    word: 'groupManage',
    pages: [
      { path: '/jobs', word: 'pageJobs', icon: IconProgress, scope: 'READ_OPERATIONS' },
      { path: '/settings', word: 'pageSettings', icon: IconSettings, scope: 'ADMIN' },
      { path: '/explorer', word: 'pageExplorer', icon: IconCode, scope: 'READ_OPERATIONS', isOutside: true },
    ],
  },
];
