/** What a host's robots.txt says against a request. */
export interface RobotsRefusal {
  readonly kind: 'robots';
  readonly code: string;
  readonly retry: 'later' | 'never';
  readonly detail: string;
}

export const ROBOTS_DENIED: RobotsRefusal = {
  kind: 'robots',
  code: 'ROBOTS_DENIED',
  retry: 'never',
  detail: 'the robots.txt of the host forbids this address',
};

/** Until the file can be had again nothing may be asked for (RFC 9309 §2.3.1.4). */
export function robotsUnreachable(cause: RobotsCause | null): RobotsRefusal {
  return {
    kind: 'robots',
    code: cause?.code ?? 'ROBOTS_UNREACHABLE',
    retry: 'later',
    detail: `the robots.txt of the host cannot be had${cause === null ? '' : `: ${cause.detail}`}`,
  };
}

/** Why a robots.txt could not be had. */
export interface RobotsCause {
  readonly code: string;
  readonly detail: string;
}
