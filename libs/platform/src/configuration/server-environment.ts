import 'reflect-metadata';
import { Expose } from 'class-transformer';
import { IsIn, IsString, Matches } from 'class-validator';
import { IsPort, IsToken, Optional } from './rules.js';

/** What every process that answers over HTTP can be told by environment variable. */
export class ServerEnvironment {
  @IsPort('PORT')
  readonly PORT: number = 3000;

  @Expose()
  @IsString()
  @Matches(/^\S+$/, { message: 'HOST must be an address to listen on, such as 127.0.0.1 or 0.0.0.0' })
  readonly HOST: string = '127.0.0.1';

  @Optional()
  @IsToken('ADMIN_TOKEN')
  readonly ADMIN_TOKEN?: string;

  @Expose()
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    message: 'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent',
  })
  readonly LOG_LEVEL: string = 'info';
}
