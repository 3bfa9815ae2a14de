import { Controller, UseGuards } from '@nestjs/common';
import { ScimAuthGuard } from '../authentication/scim-auth.guard.js';
import { ResourceController } from './resource-controller.js';

@Controller('tenants/:tenantId/scim/v2/Groups')
@UseGuards(ScimAuthGuard)
export class GroupsController extends ResourceController {
  protected override readonly type = 'Group';
}
