import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject, ResourceId } from '#kernel';
import type { Decision } from '../decision.js';
import { changeUser, deprovisionUser, provisionUser } from './user-decisions.js';
import type { UserEvent } from './user-events.js';
import { type UserState, absentUser, evolveUser } from './user-fold.js';

const userId = 'u-1' as ResourceId;
const claim = (claimId: string, key = 'mia') => ({ key, claimId });
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

function given(...events: UserEvent[]): UserState {
  return events.reduce((state, event, index) => evolveUser(state, event, 1000 + index), absentUser);
}

const provisioned = (attributes: JsonObject = {}): UserEvent => ({
  type: 'UserProvisioned',
  data: { userId, attributes: { userName: 'mia', active: true, ...attributes }, nameClaim: claim('c1') },
});

function eventsOf(decision: Decision<UserEvent, string>): readonly UserEvent[] {
  return decision.outcome === 'accepted' ? decision.events : [];
}

describe('provisioning a user', () => {
  it('records the attributes as sent and makes the user active unless told otherwise', () => {
    const decision = provisionUser(given(), { userId, attributes: { userName: 'Mia' }, nameClaim: claim('c1') });
    expect(eventsOf(decision)).toEqual([
      {
        type: 'UserProvisioned',
        data: { userId, attributes: { active: true, userName: 'Mia' }, nameClaim: claim('c1') },
      },
    ]);
  });

  it('does nothing the second time the same command is decided', () => {
    const command = { userId, attributes: { userName: 'mia' }, nameClaim: claim('c1') };
    expect(provisionUser(given(provisioned()), command)).toEqual({ outcome: 'unchanged' });
  });

  it('refuses an id that was used before, even by a user who is gone', () => {
    const gone = given(provisioned(), { type: 'UserDeprovisioned', data: { userId } });
    const command = { userId, attributes: { userName: 'mia' }, nameClaim: claim('c2') };
    expect(provisionUser(gone, command)).toEqual({ outcome: 'rejected', reason: 'id-in-use' });
  });

  it('refuses a claim that was abandoned while the command was on its way', () => {
    const state = given({ type: 'NameClaimAbandoned', data: { claimId: 'c1' } });
    const command = { userId, attributes: { userName: 'mia' }, nameClaim: claim('c1') };
    expect(provisionUser(state, command)).toEqual({ outcome: 'rejected', reason: 'claim-void' });
  });
});

describe('changing a user', () => {
  it('records only the attributes that differ, extension attributes one by one', () => {
    const state = given(provisioned({ title: 'Analyst', nickName: 'Mi', [enterprise]: { department: 'Risk' } }));
    const attributes = {
      userName: 'mia',
      active: true,
      title: 'Lead',
      [enterprise]: { department: 'Risk', division: 'North' },
    };
    expect(eventsOf(changeUser(state, { userId, attributes }))).toEqual([
      {
        type: 'UserProfileChanged',
        data: { userId, assigned: { title: 'Lead', [`${enterprise}:division`]: 'North' }, unassigned: ['nickName'] },
      },
    ]);
  });

  it('tells a deactivation as a fact of its own beside the profile change', () => {
    const attributes = { userName: 'mia', active: false, title: 'Left' };
    expect(eventsOf(changeUser(given(provisioned()), { userId, attributes }))).toEqual([
      { type: 'UserProfileChanged', data: { userId, assigned: { title: 'Left' }, unassigned: [] } },
      { type: 'UserDeactivated', data: { userId } },
    ]);
  });

  it('never enables a user by unassigning active', () => {
    const disabled = given(provisioned(), { type: 'UserDeactivated', data: { userId } });
    const decision = changeUser(disabled, { userId, attributes: { userName: 'mia' } });
    const after = eventsOf(decision).reduce((state, event) => evolveUser(state, event, 2000), disabled);
    expect(after).toMatchObject({ enabled: false, attributes: { userName: 'mia' } });
  });

  it('reactivates on an explicit true only', () => {
    const disabled = given(provisioned(), { type: 'UserDeactivated', data: { userId } });
    const decision = changeUser(disabled, { userId, attributes: { userName: 'mia', active: true } });
    expect(eventsOf(decision)).toEqual([{ type: 'UserReactivated', data: { userId } }]);
  });

  it('carries the claim exactly when the name moves', () => {
    const command = {
      userId,
      attributes: { userName: 'mia.lindh', active: true },
      nameClaim: claim('c2', 'mia.lindh'),
    };
    const state = given(provisioned());
    const events = eventsOf(changeUser(state, command));
    expect(events).toEqual([
      {
        type: 'UserProfileChanged',
        data: { userId, assigned: { userName: 'mia.lindh' }, unassigned: [], nameClaim: command.nameClaim },
      },
    ]);
    expect(changeUser(evolveUser(state, events[0]!, 2000), command)).toEqual({ outcome: 'unchanged' });
  });

  it('keeps when the user was created and moves when it was last modified', () => {
    const state = given(provisioned());
    const [event] = eventsOf(changeUser(state, { userId, attributes: { userName: 'mia', active: true, title: 'X' } }));
    expect(evolveUser(state, event!, 5000)).toMatchObject({ created: 1000, lastModified: 5000 });
  });
});

describe('deprovisioning a user', () => {
  it('ends the user once', () => {
    const state = given(provisioned());
    const [event] = eventsOf(deprovisionUser(state, userId));
    expect(event).toEqual({ type: 'UserDeprovisioned', data: { userId } });
    expect(deprovisionUser(evolveUser(state, event!, 2000), userId)).toEqual({
      outcome: 'rejected',
      reason: 'no-such-user',
    });
  });
});

describe('every user decision', () => {
  const attributes = fc.record(
    {
      userName: fc.constantFrom('mia', 'MIA'),
      active: fc.boolean(),
      title: fc.constantFrom('A', 'B'),
      emails: fc.array(fc.record({ value: fc.constantFrom('x', 'y') }), { maxLength: 2, minLength: 1 }),
      [enterprise]: fc.record({ department: fc.constantFrom('R', 'S') }),
    },
    { requiredKeys: ['userName'] },
  );

  it('has the wanted effect and yields nothing when decided again', () => {
    fc.assert(
      fc.property(fc.array(attributes, { minLength: 1, maxLength: 5 }), (targets) => {
        let state = given(provisioned());
        for (const target of targets) {
          const command = { userId, attributes: target as JsonObject };
          for (const event of eventsOf(changeUser(state, command))) state = evolveUser(state, event, 2000);
          expect(state).toMatchObject({ status: 'provisioned', attributes: target });
          expect(changeUser(state, command)).toEqual({ outcome: 'unchanged' });
        }
      }),
    );
  });
});
