import { describe, expect, it } from '@jest/globals';
import type { ResourceId } from '#kernel';
import { publishedAttributes } from './published-attributes.js';
import { publishedData } from './published-data.js';

const urn = 'urn:example:User';
const withheld = [{ extension: urn, attribute: 'pin' }, { attribute: 'secret' }];
const userId = 'mia' as ResourceId;
const nameClaim = { key: 'k', claimId: 'c' };

describe('what leaves the directory', () => {
  it('has no attribute that is withheld, core or of an extension', () => {
    const attributes = { userName: 'mia', secret: 's', [urn]: { pin: '1234', badge: '7' } };
    expect(publishedAttributes(attributes, withheld)).toEqual({ userName: 'mia', [urn]: { badge: '7' } });
  });

  it('is as it is stored where nothing of it is withheld, and where only a part of an extension is', () => {
    const open = { userName: 'mia', [urn]: { badge: '7' } };
    expect(publishedAttributes(open, withheld)).toEqual(open);
    expect(publishedAttributes({ ...open, [urn]: { pin: '1' } }, withheld)).toEqual({ userName: 'mia', [urn]: {} });
  });

  it('does not tell that such an attribute was given or taken', () => {
    const assigned = { title: 'Lead', [`${urn}:pin`]: '1234' };
    const unassigned = ['secret', 'nickName'];
    const event = { type: 'UserProfileChanged' as const, data: { userId, assigned, unassigned, nameClaim } };
    expect(publishedData(event, withheld)).toEqual({ userId, assigned: { title: 'Lead' }, unassigned: ['nickName'] });
  });
});
