import { Controller } from '@nestjs/common';
import { ResourceController } from './resource-controller.js';

@Controller('tenants/:tenantId/scim/v2/Users')
export class UsersController extends ResourceController {
  protected override readonly type = 'User';
}
