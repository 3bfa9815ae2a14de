import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#kernel';
import { newUser, profileChange, userName } from '../scim/sample-resources.js';
import { idIn } from '../scim/scim-requests.js';
import { BareDirectory } from './bare-directory.js';

const body = JSON.parse(newUser(7)) as JsonObject;

function directoryWithUser() {
  const directory = new BareDirectory();
  const { text = '' } = directory.create('User', body);
  return { directory, id: idIn(Buffer.from(text)) };
}

describe('BareDirectory', () => {
  it('answers by id and by name what it was given', () => {
    const { directory, id } = directoryWithUser();
    const found = directory.find(id);
    expect(JSON.parse(found.text ?? '')).toMatchObject({ id, userName: userName(7) });
    const list = JSON.parse(directory.named(userName(7)).text ?? '') as JsonObject;
    expect(list).toMatchObject({ totalResults: 1, Resources: [{ id }] });
    expect(JSON.parse(directory.named('nobody').text ?? '')).toMatchObject({ totalResults: 0, Resources: [] });
  });

  it('answers a change with the whole resource, and later reads too', () => {
    const { directory, id } = directoryWithUser();
    const changed = directory.changeUser(id, { Operations: [...profileChange(1)] as JsonObject[] });
    expect(changed).toMatchObject({ status: 200, revision: 1 });
    expect(directory.find(id).text).toBe(changed.text);
    expect(JSON.parse(changed.text ?? '')).toMatchObject({ active: 'False', displayName: 'Mia Lind-Berg 1' });
  });

  it('forgets who was deleted', () => {
    const { directory, id } = directoryWithUser();
    expect(directory.remove(id)).toEqual({ status: 204 });
    expect(directory.find(id).status).toBe(404);
    expect(JSON.parse(directory.named(userName(7)).text ?? '')).toMatchObject({ totalResults: 0 });
  });

  it('answers without end and remembers a few thousand', () => {
    const directory = new BareDirectory();
    let last = '';
    for (let number = 0; number < 5_001; number++)
      last = directory.create('User', { userName: `u${number}` }).text ?? '';
    expect(directory.named('u0').text).toContain('"totalResults":1');
    expect(directory.find(idIn(Buffer.from(last))).status).toBe(404);
  });
});
