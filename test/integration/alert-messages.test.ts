/** Messages about alerts when several processes could send them, when one is gone, and when nobody takes them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openAlertWorld, type AlertWorld } from '../support/alert-world.js';

let world: AlertWorld;
beforeAll(async () => {
  world = await openAlertWorld();
}, 60_000);
beforeEach(() => world.begin());
afterAll(() => world.close());

describe('two processes', () => {
  it('look one at a time, and the second goes on when the first has stopped or is gone', async () => {
    expect(await world.one.watch.look()).toBe(true);
    expect(await world.two.watch.look()).toBe(false);
    await world.one.watch.stop();
    expect(await world.two.watch.look()).toBe(true);
    expect(await world.one.watch.look()).toBe(false);
    await world.sql(`update alert_watch set lease_until = now() - interval '1 second'`);
    expect(await world.one.watch.look()).toBe(true);
    expect((await world.sql('select since < now() - interval $$1 hour$$ as kept from alert_watch'))[0]).toEqual({
      kept: true,
    });
  });

  it('send each message once', async () => {
    await world.problems(3);
    await world.one.watch.look();
    await Promise.all([world.send(world.one), world.send(world.two), world.send(world.one), world.send(world.two)]);
    expect(world.mail.begun()).toBeGreaterThan(0);
    expect(world.subjects()).toEqual(['[Koppel] 3 open problems']);
  });

  it('finish what one of them left between the claim and the answer, under the same id', async () => {
    await world.problems(3);
    await world.one.watch.look();
    await world.vanish();
    await world.send(world.two);
    expect(world.mail.letters).toEqual([]);
    await world.sql(`update alert_notification set claimed_until = now() - interval '1 second'`);
    await world.send(world.two);
    await world.send(world.one);
    expect(world.subjects()).toEqual(['[Koppel] 3 open problems']);
    const [row] = await world.sql('select id, attempts from alert_notification');
    expect(row).toMatchObject({ attempts: 2 });
    expect(world.mail.letters[0]!.text).toContain(`<${String(row!['id'])}@koppel>`);
  });

  it('tell of the end alone when it is not known whether the beginning arrived', async () => {
    await world.problems(3);
    await world.one.watch.look();
    await world.vanish();
    await world.noProblems();
    await world.one.watch.look();
    await world.one.watch.look();
    await world.send();
    expect(world.mail.letters).toEqual([]); // the beginning may still be on its way
    await world.sql(
      `update alert_notification set claimed_until = now() - interval '1 second' where reason = 'STARTED'`,
    );
    await world.send();
    expect(world.subjects()).toEqual(['[Koppel] Over: 3 open problems']);
  });
});

describe('a message that does not go through', () => {
  it('is tried again later, ever more rarely, and its channel says why', async () => {
    world.mail.refuse('451 4.3.0 come back later');
    await world.problems(3);
    await world.one.watch.look();
    await world.send();
    const [{ notifications }] = await world.alerts();
    expect(notifications[0]).toMatchObject({ isDelivered: false, error: 'The mail server answered: 451 4.3.0 come back later' }); // prettier-ignore
    const wait = async () => Number((await world.sql(`select extract(epoch from due_at - now()) as s from alert_notification`))[0]!['s']); // prettier-ignore
    expect(await wait()).toBeGreaterThan(20);
    await world.sql('update alert_notification set due_at = now()');
    await world.send();
    expect(await wait()).toBeGreaterThan(50);
    world.mail.refuse(null);
    await world.sql('update alert_notification set due_at = now()');
    await world.send();
    expect((await world.alerts())[0].notifications).toMatchObject([{ isDelivered: true, error: null }]);
    expect((await world.ask('{ alertChannels { isVerified lastError } }')).alertChannels).toEqual([{ isVerified: true, lastError: null }]); // prettier-ignore
  });

  it('is given up after some hours, and when what it tells of is over', async () => {
    world.mail.refuse('550 5.1.1 nobody here');
    await world.problems(3);
    await world.one.watch.look();
    await world.sql(`update alert_notification set created_at = now() - interval '7 hours'`);
    await world.send();
    world.mail.refuse(null);
    await world.sql('update alert_notification set due_at = now()');
    await world.send();
    expect(world.mail.letters).toEqual([]);
    expect((await world.alerts())[0].notifications).toMatchObject([{ isDelivered: false }]);
    expect((await world.ask('{ alertChannels { lastError } }')).alertChannels[0].lastError).toContain(
      '550 5.1.1 nobody here',
    );
    await world.noProblems();
    await world.one.watch.look();
    await world.one.watch.look();
    await world.send();
    expect(world.mail.letters).toEqual([]);
  });
});
