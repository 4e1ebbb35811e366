/** The tabs of the page of a flow, as the address names them. */
export const flowTabs = ['status', 'runs', 'settings', 'mapping', 'position'] as const;
export type FlowTab = (typeof flowTabs)[number];
