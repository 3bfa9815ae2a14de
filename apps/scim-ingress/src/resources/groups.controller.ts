import { Controller } from '@nestjs/common';
import { ResourceController } from './resource-controller.js';

@Controller('tenants/:tenantId/scim/v2/Groups')
export class GroupsController extends ResourceController {
  protected override readonly type = 'Group';
}
