// What the scorer of ../shared/conformance calls: our parser of dates.
import { parseDate as parse } from '../../libs/text/src/index.ts';

export const name = 'broadsheet';

export const parseDate = (text) => parse(text)?.utc ?? null;
