/** What the codes of a system are called, for people who read what was written there. Data of the connectors. */

export interface CodeWords {
  /** Words for the values of its enumerations, in English; base/sentences has the other languages. */
  readonly fixed: Readonly<Record<string, string>>;
  /** By name of a field: the value list whose codes it holds, where the system lists them itself (`Connector.codeLists`). */
  readonly listed: Readonly<Record<string, string>>;
  /** The same for fields and settings of the hub, which hold codes of this system as they are. */
  readonly held: Readonly<Record<string, string>>;
}

/** A code of a system, as people know it there. */
export interface SystemCode {
  readonly value: string;
  readonly name: string | null;
  /** ISO 3166-1 alpha-2, when it is for one country only. */
  readonly country: string | null;
}
