/** The tabs of one value list, as the address names them. */
export const listTabs = ['rows', 'grid', 'versions'] as const;
export type ListTab = (typeof listTabs)[number];
