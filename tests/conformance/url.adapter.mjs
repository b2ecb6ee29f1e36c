// What the scorer of ../shared/conformance calls: the key under which an address is known.
import { urlKey } from '../../libs/article/src/index.ts';

export const name = 'broadsheet';

export const canonical = (url) => urlKey(url);
