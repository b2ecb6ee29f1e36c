// What the scorer of ../shared/conformance calls: our robots rules, their fields renamed.
import { readRobots, robotsVerdict } from '../../libs/crawl-policy/src/index.ts';

export const name = 'broadsheet';

export function load(text, agent, origin) {
  const rules = readRobots(text, agent, origin);
  return {
    allowed: (url) => rules.allows(url),
    delay: () => rules.delaySeconds ?? undefined,
    sitemaps: () => [...rules.sitemaps],
  };
}

export function httpRule(status) {
  return robotsVerdict(typeof status === 'number' ? status : null);
}
