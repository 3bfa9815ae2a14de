import { All, Controller } from '@nestjs/common';
import { scimError } from '#scim-protocol';
import { errorAnswer, type ScimAnswer } from '../http/scim-answer.js';

/** RFC 7644 section 3.11: a server without authenticated subjects that are resources answers 501. */
@Controller('tenants/:tenantId/scim/v2/Me')
export class MeController {
  @All()
  me(): ScimAnswer {
    const reason =
      'There is no /Me: requests come from a provisioning service with a token, not from a person who signed in';
    return errorAnswer(scimError('notImplemented', { reason }));
  }
}
