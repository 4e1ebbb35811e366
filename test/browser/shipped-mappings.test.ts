/** A hub that was installed by an earlier release, which shipped other rules: where people see that, and that it ends when they have taken the new ones. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { describeInChromium, untilShown } from '../support/browser.js';
import { openStagedBrowser, type StagedBrowser } from '../support/staged-browser.js';

const key = 'softmaat-variant-out';

describeInChromium('mappings of an earlier release', () => {
  let staged: StagedBrowser;
  let page: Page;
  beforeAll(async () => {
    staged = await openStagedBrowser({ products: 2, flows: [] });
    ({ page } = await staged.open({ path: '/mappings' }));
  }, 180_000);
  afterAll(() => staged?.close(), 60_000);

  const outdated = async (): Promise<readonly string[]> => {
    const { mappings } = await staged.hub.graphql<{ mappings: { key: string; hasNewShippedRules: boolean }[] }>('{ mappings { key hasNewShippedRules } }'); // prettier-ignore
    return mappings.flatMap((mapping) => (mapping.hasNewShippedRules ? [mapping.key] : []));
  };
  const hints = (): Locator => page.getByText('newer shipped rules', { exact: true });
  const notice = (): Locator => page.getByRole('alert').filter({ hasText: 'The product ships newer rules than these' });

  it('say nothing while they are those of this one, nor for what people have changed in them', async () => {
    expect(await outdated()).toEqual([]);
    await staged.stage.ask(
      `insert into mapping_version (mapping, version, definition, note)
       select mapping, 2, definition #- '{rules,0}', 'without one rule' from mapping_version where mapping = $1`,
      [key],
    );
    await staged.stage.ask(`update mapping set published_version = 2 where key = $1`, [key]);
    expect(await outdated()).toEqual([]);
  }, 60_000);

  it('say in the list and in the editor that there are newer rules, until those are taken into the draft', async () => {
    await staged.stage.ask(`update mapping_version set definition = definition #- '{rules,1}' where mapping = $1`, [key]); // prettier-ignore
    expect(await outdated()).toEqual([key]);
    await page.reload();
    await untilShown(hints(), 1);
    const row = page.getByRole('row').filter({ has: hints() });
    await row.getByRole('link').first().click();
    await notice().waitFor();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Take the shipped rules' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take the shipped rules' }).click();
    await page.getByText('The draft holds the shipped rules.').waitFor();
    await notice().waitFor({ state: 'detached' });
    expect(await outdated()).toEqual([]);
  }, 60_000);
});
