import type { ResolveHost } from './guarded-connect.ts';

const MAX_NAMES = 10_000;

interface Answer {
  readonly addresses: Promise<readonly string[]>;
  readonly untilMs: number;
}

/**
 * Remembers what names resolved to, so that a host's many connections cost one look-up. Only the answer is
 * kept, not the verdict on it: the addresses are judged again for every connection. Failures are forgotten
 * at once, and the name that was asked for longest ago goes first.
 */
export function rememberingResolver(
  resolve: ResolveHost,
  ttlMs: number,
  nowMs: () => number = () => performance.now(),
): ResolveHost {
  const answers = new Map<string, Answer>();
  return (hostName) => {
    const known = answers.get(hostName);
    if (known !== undefined && known.untilMs > nowMs()) return known.addresses;
    const addresses = resolve(hostName);
    const answer = { addresses, untilMs: nowMs() + ttlMs };
    answers.delete(hostName);
    answers.set(hostName, answer);
    addresses.catch(() => {
      if (answers.get(hostName) === answer) answers.delete(hostName);
    });
    const [oldest] = answers.keys();
    if (answers.size > MAX_NAMES && oldest !== undefined) answers.delete(oldest);
    return addresses;
  };
}
