export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const enterpriseSchema = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
/** Entra names it in every group it creates; no server is expected to know it. */
export const microsoftGroupSchema = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';
export const patchOpSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const listResponseSchema = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
