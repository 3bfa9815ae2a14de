import type { RunningServer } from './start-server.js';

/** What an administrator needs to paste into Entra, in words. */
export function banner({ tenantUrl, generatedToken }: RunningServer, givenToken: boolean): string {
  const token = givenToken
    ? 'the value of SCIM_BEARER_TOKEN'
    : (generatedToken ?? 'shown when it was made. For another one: npm start -- --new-token');
  const note = generatedToken === undefined ? [] : ['', '  Keep the token now: it is not shown again.'];
  return [
    '',
    '  SCIM Ledger is running.',
    '',
    `  Tenant URL    ${tenantUrl}`,
    `  Secret token  ${token}`,
    ...note,
    '',
    '',
  ].join('\n');
}
