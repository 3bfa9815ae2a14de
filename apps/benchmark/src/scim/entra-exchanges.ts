import type { Exchange } from '../load/exchange.js';
import { newGroup, newUser, profileChange } from './sample-resources.js';
import { get, groupNamed, patch, post, userNamed } from './scim-requests.js';

/** Entra's requests, each with what a right answer to it shows. */

export function foundUser(userName: string): Exchange {
  return { request: get(userNamed(userName)), status: 200, shows: `"userName":${JSON.stringify(userName)}` };
}

export function noUser(userName: string): Exchange {
  return { request: get(userNamed(userName)), status: 200, shows: nothing };
}

export function foundGroup(displayName: string): Exchange {
  return { request: get(groupNamed(displayName)), status: 200, shows: `"displayName":${JSON.stringify(displayName)}` };
}

export function noGroup(displayName: string): Exchange {
  return { request: get(groupNamed(displayName)), status: 200, shows: nothing };
}

export function createdUser(number: number): Exchange {
  return { request: post('/Users', newUser(number)), status: 201, shows: `"externalId":"person-${number}"` };
}

export function createdGroup(number: number): Exchange {
  return { request: post('/Groups', newGroup(number)), status: 201, shows: `"externalId":"department-${number}"` };
}

/** Something changes where the revision is not the one the user was changed to last. */
export function changedUser(id: string, revision: number): Exchange {
  const request = patch(`/Users/${id}`, ...profileChange(revision));
  return { request, status: 200, shows: `"displayName":"Mia Lind-Berg ${revision}"` };
}

const nothing = '"totalResults":0';
