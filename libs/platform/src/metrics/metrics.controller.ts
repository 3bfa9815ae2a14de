import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, Header, Headers, Inject, UnauthorizedException } from '@nestjs/common';
import { register } from 'prom-client';

/** Injection token of the token that reading metrics takes, or undefined where anybody may. */
export const METRICS_TOKEN = Symbol('METRICS_TOKEN');

@Controller('metrics')
export class MetricsController {
  constructor(@Inject(METRICS_TOKEN) private readonly token: string | undefined) {}

  /** All metrics of the process in Prometheus' text format. */
  @Get()
  @Header('Content-Type', register.contentType)
  metrics(@Headers('authorization') authorization?: string): Promise<string> {
    if (this.token !== undefined && !equalInConstantTime(authorization ?? '', `Bearer ${this.token}`)) {
      throw new UnauthorizedException();
    }
    return register.metrics();
  }
}

function equalInConstantTime(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
