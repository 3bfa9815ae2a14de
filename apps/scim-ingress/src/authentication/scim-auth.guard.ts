import { Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { scimError } from '#scim-protocol';
import { ScimException } from '../http/scim-exception.js';
import { bearerStrategy } from './bearer.strategy.js';

/** Lets only a tenant's own credentials through to it. @throws ScimException 401 */
@Injectable()
export class ScimAuthGuard extends AuthGuard(bearerStrategy) {
  override handleRequest<User>(error: unknown, user: User): User {
    if (error instanceof Error) throw error;
    if (!user) throw new ScimException(scimError('unauthorized'));
    return user;
  }
}
