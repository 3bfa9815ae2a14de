import { Controller, UseGuards } from '@nestjs/common';
import { ScimAuthGuard } from '../authentication/scim-auth.guard.js';
import { ResourceController } from './resource-controller.js';

@Controller('tenants/:tenantId/scim/v2/Users')
@UseGuards(ScimAuthGuard)
export class UsersController extends ResourceController {
  protected override readonly type = 'User';
}
