import { type ArgumentsHost, Catch } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { throwError } from 'rxjs';

/** Nest turns a handler's error into a plain object; the batch strategy decides by its class. */
@Catch()
export class PassThroughRpcFilter extends BaseExceptionFilter {
  override catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType() === 'rpc') return throwError(() => error);
    return super.catch(error, host);
  }
}
