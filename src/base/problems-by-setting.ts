/** What a connector says against settings, taken apart. In: the values of SETTINGS_INVALID. Out: each problem with the setting that it begins with. Pure. */
export interface SettingProblem {
  readonly setting: string;
  /** The whole sentence, the setting first. */
  readonly problem: string;
}

export const problemsBySetting = (values: Readonly<Record<string, unknown>>): readonly SettingProblem[] =>
  String(values['problems'] ?? '')
    .split('; ')
    .flatMap((problem) => {
      const setting = /^\w+/.exec(problem)?.[0];
      return setting === undefined ? [] : [{ setting, problem }];
    });
