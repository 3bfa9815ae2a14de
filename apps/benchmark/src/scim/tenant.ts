/** Where both servers serve the tenant that is measured, and what its client shows. */
export const basePath = '/tenants/default/scim/v2';
export const bearerToken = 'benchmark-benchmark-benchmark-00000000';
