/**
 * What changed in a mapping, in words: the audit says which rules an edit changed, before and after, and the versions of a mapping are compared
 * with each other as with the draft. The edits are made over the API of a whole hub.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInChromium, type Watched } from '../support/browser.js';
import { scrollsSideways, seriousFindings } from '../support/dashboard.js';
import {
  editOf,
  mappingApi,
  mappingShape,
  type MappingApi,
  type MappingDraft,
  type UserErrors,
} from '../support/mapping-api.js';
import type { HubHandle } from '../support/processes.js';
import { openStagedBrowser, type StagedBrowser } from '../support/staged-browser.js';
import { until } from '../support/wait.js';

const key = 'softmaat-variant-out';
interface RuleChange {
  readonly kind: string;
  readonly target: string;
  readonly before: { readonly source: string | null } | null;
  readonly after: { readonly source: string | null } | null;
}
type Result = UserErrors & { readonly mapping: MappingDraft };

describeInChromium('what changed in a mapping', () => {
  let world: StagedBrowser;
  let hub: HubHandle;
  let api: MappingApi;
  let first: MappingDraft;
  let watched: Watched;
  let page: Page;
  beforeAll(async () => {
    world = await openStagedBrowser({ products: 4, pollMs: 1_000 });
    ({ hub } = world);
    api = mappingApi(hub);
    first = await api.mapping(key);
    await edited('gtin', 'sku', 'The bar code is the SKU');
    await edited('sku', 'name', 'The bar code is another one');
    watched = await world.open({ path: '/settings/audit?action=mappingRuleSave' });
    ({ page } = watched);
  }, 180_000);
  afterAll(() => world?.close(), 60_000);

  /** Lets the bar code be made of another field, and publishes that. */
  async function edited(from: string, source: string, note: string): Promise<void> {
    const now = await api.mapping(key);
    const index = now.draft.rules.findIndex(({ target }) => target === 'ean');
    expect(now.draft.rules[index]).toMatchObject({ source: from });
    const rule = { target: 'ean', kind: 'COPY', source, whenEmpty: 'CLEAR' };
    const input = { mappingId: now.id, expectedRevision: now.draftRevision, at: `rules.${index}`, rule };
    const saved = await api.mutate<Result>('mappingRuleSave', `mapping { ${mappingShape} }`, input);
    expect(saved.userErrors).toEqual([]);
    const publish = { ...editOf(saved.mapping), note };
    expect((await api.mutate<Result>('mappingPublish', `mapping { ${mappingShape} }`, publish)).userErrors).toEqual([]);
  }
  const changeShape = 'kind target before { source } after { source }';
  const changed = (before: string, after: string): readonly RuleChange[] => [
    { kind: 'CHANGED', target: 'ean', before: { source: before }, after: { source: after } },
  ];

  it('is noted with each edit and publication, rule by rule', async () => {
    const { auditEntries } = await hub.graphql<{
      auditEntries: { nodes: { action: string; ruleChanges: readonly RuleChange[] }[] };
    }>(
      `{ auditEntries(first: 4, filter: { subjectType: ["Mapping"] }) { nodes { action ruleChanges { ${changeShape} } } } }`,
    );
    expect(auditEntries.nodes).toEqual([
      { action: 'mappingPublish', ruleChanges: changed('sku', 'name') },
      { action: 'mappingRuleSave', ruleChanges: changed('sku', 'name') },
      { action: 'mappingPublish', ruleChanges: changed('gtin', 'sku') },
      { action: 'mappingRuleSave', ruleChanges: changed('gtin', 'sku') },
    ]);
  });

  it('is told for any two versions', async () => {
    const { publishedVersion: number } = first;
    const between = async (version: number, until: number | null): Promise<readonly RuleChange[]> => {
      const { mapping } = await hub.graphql<{ mapping: { changesSince: readonly RuleChange[] } }>(
        `query ($id: ID!, $version: Int, $until: Int) { mapping(id: $id) { changesSince(version: $version, until: $until) { ${changeShape} } } }`,
        { id: key, version, until },
      );
      return mapping.changesSince;
    };
    expect(await between(number, number + 1)).toEqual(changed('gtin', 'sku'));
    expect(await between(number + 1, number)).toEqual(changed('sku', 'gtin'));
    expect(await between(number, number + 2)).toEqual(changed('gtin', 'name'));
    expect(await between(number, null)).toEqual(changed('gtin', 'name'));
    expect(await between(number, 99)).toEqual([]);
  });

  it('stands in words in the audit log: the field, and its rule before and after', async () => {
    const entry = page.locator('details:visible', { hasText: 'Rule changed: ean' }).first();
    await entry.locator('summary').click();
    const cells = entry.getByRole('table').locator('tbody td');
    await cells.first().waitFor();
    expect(await cells.nth(1).innerText()).toMatch(/sku$/);
    expect(await cells.nth(2).innerText()).toMatch(/name$/);
    expect(await seriousFindings(page)).toEqual([]);
    expect(watched.complaints).toEqual([]);
  }, 60_000);

  it('is shown between two versions that are chosen, in Dutch', async () => {
    const dutch = await world.open({ path: `/mappings/${first.id}`, language: 'nl' });
    ({ page } = dutch);
    await page.getByRole('tab', { name: 'Versies' }).click();
    const number = first.publishedVersion;
    await page.getByLabel('Wat verandert aan').selectOption(String(number));
    await page.getByLabel('door', { exact: true }).selectOption(String(number + 1));
    await page.getByText(`Wat versie ${number + 1} verandert aan versie ${number}`).waitFor();
    const cells = page.getByRole('table', { name: 'Wijzigingen in het concept' }).locator('tbody td');
    // What was compared before stays shown until the answer comes.
    await cells.nth(2).filter({ hasText: /SKU$/ }).waitFor();
    expect(await cells.nth(1).innerText()).toMatch(/EAN \/ GTIN$/);
    expect(await seriousFindings(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    expect(dutch.complaints).toEqual([]);
  }, 60_000);

  it('is tried in a copy, which a system uses once somebody has chosen it, and which stays as long as it does', async () => {
    const dutch = await world.open({ path: '/mappings', language: 'nl' });
    ({ page } = dutch);
    await page.getByRole('button', { name: /^Acties voor Varianten naar/ }).click();
    await page.getByRole('menuitem', { name: 'Dupliceren…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Naam', exact: true }).fill('Korte namen');
    expect(await dialog.getByRole('textbox', { name: 'Sleutel' }).inputValue()).toBe('korte-namen');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Dupliceren' }).click();
    await page.getByRole('heading', { level: 1, name: 'Korte namen' }).waitFor();
    await page.getByText('geen systeem gebruikt ze', { exact: false }).first().waitFor();

    const act = async (name: string): Promise<void> => {
      await page.getByRole('button', { name: 'Meer', exact: true }).click();
      await page.getByRole('menuitem', { name, exact: true }).click();
    };
    await act('Voor een systeem gebruiken…');
    await dialog.getByRole('button', { name: 'Alle records doorrekenen' }).click();
    await dialog.getByText(/^\d+ records:/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Deze veldkoppeling gebruiken' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(/Gebruikt door:/).waitFor();

    await act('Verwijderen…');
    await dialog.getByRole('textbox').fill('korte-namen');
    await dialog.getByRole('button', { name: 'Verwijderen', exact: true }).click();
    await dialog.getByText(/wordt gebruikt door .+ voor .+\./).waitFor();
    await dialog.getByRole('button', { name: 'Annuleren' }).click();
    await page.goto(new URL('/mappings', page.url()).href);
    const row = page.getByRole('row', { name: /^Korte namen/ });
    await row.getByText('zelf gemaakt').waitFor();
    expect(await row.getByRole('link').count()).toBe(2);
    await page.setViewportSize({ width: 360, height: 800 });
    await until(async () => !(await scrollsSideways(page)), { what: 'the page to fit' });
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(dutch.complaints).toEqual([]);
  }, 90_000);

  it('may be begun from nothing, and be deleted again', async () => {
    await page.getByRole('button', { name: 'Nieuw…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Records en richting').selectOption({ index: 0 });
    await dialog.getByRole('radio', { name: 'Geen regels' }).click();
    await dialog.getByRole('textbox', { name: 'Naam', exact: true }).fill('Van niets');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Veldkoppeling maken' }).click();
    await page.getByRole('heading', { level: 1, name: 'Van niets' }).waitFor();
    const address = page.url();
    await page.getByRole('button', { name: 'Meer', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Verwijderen…' }).click();
    await dialog.getByRole('textbox').fill('van-niets');
    await dialog.getByRole('button', { name: 'Verwijderen', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Veldkoppelingen' }).waitFor();
    await page.getByRole('row', { name: /^Korte namen/ }).waitFor();
    await page.getByRole('row', { name: /^Van niets/ }).waitFor({ state: 'detached' });
    // What it did would still be explained.
    await page.goto(address);
    await page.getByText('Deze veldkoppeling is verwijderd.', { exact: false }).waitFor();
    expect(await page.getByRole('button', { name: 'Meer', exact: true }).count()).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
  }, 60_000);
});
