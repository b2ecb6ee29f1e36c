import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import { type Observable, throwError } from 'rxjs';

/**
 * Keeps a handler's error as it is; Nest would make a plain object of it. The consumer tells outages
 * from bad records by the error, so every app with a KafkaBatchStrategy installs it globally.
 */
@Catch()
export class PassThroughRpcFilter implements RpcExceptionFilter {
  catch(exception: unknown): Observable<never> {
    return throwError(() => exception);
  }
}
