import { expect, it } from 'vitest';
import { readAccounts } from './postgres-account.ts';

it('reads accounts out of passwd and passes over lines that are none', () => {
  const passwd =
    'root:x:0:0:root:/root:/bin/bash\n\n# a comment\n+::::::\nnobody:x:65534:65533::/:/bin/false\n';
  expect(readAccounts(passwd)).toEqual([
    { name: 'root', uid: 0, gid: 0 },
    { name: 'nobody', uid: 65_534, gid: 65_533 },
  ]);
});
