import { Controller, Get, HttpException, HttpStatus, Inject } from '@nestjs/common';
import { HEALTH_INDICATORS, type HealthIndicator } from './health-indicator.js';

@Controller('health')
export class HealthController {
  constructor(@Inject(HEALTH_INDICATORS) private readonly indicators: readonly HealthIndicator[]) {}

  /** The process runs and its event loop turns. */
  @Get('live')
  live(): object {
    return { status: 'ok' };
  }

  /** Requests may be sent here. @throws HttpException 503 with the reasons why not. */
  @Get('ready')
  ready(): object {
    const problems = this.indicators.flatMap((indicator) => {
      const problem = indicator.problem();
      return problem === undefined ? [] : [{ name: indicator.name, problem }];
    });
    if (problems.length > 0)
      throw new HttpException({ status: 'unavailable', problems }, HttpStatus.SERVICE_UNAVAILABLE);
    return { status: 'ok' };
  }
}
