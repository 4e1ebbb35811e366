/** How the provenance of a record notes that systems do not agree on a field of it. */

const contested = '.contested';

/** Under this key the provenance says which system has contested a field, until the contest is over. */
export const keyOfContest = (field: string): string => `${field}${contested}`;

/** Whether some field of the record is contested. */
export const isContested = ({ provenance }: { readonly provenance: Readonly<Record<string, unknown>> }): boolean =>
  Object.keys(provenance).some((key) => key.endsWith(contested));
