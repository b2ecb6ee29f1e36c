import { DatabaseError } from 'pg';
import { describe, expect, it } from 'vitest';
import { classifyFailure } from './classify-failure.ts';

function withState(code: string): DatabaseError {
  return Object.assign(new DatabaseError('refused', 7, 'error'), { code });
}

describe('classifyFailure', () => {
  it.each([
    ['08006', 'outage'],
    ['53300', 'outage'],
    ['57P01', 'outage'],
    ['57P03', 'outage'],
    ['58030', 'outage'],
    ['25006', 'outage'],
    ['28P01', 'outage'],
    ['3D000', 'outage'],
    ['42P01', 'outage'],
    ['42501', 'outage'],
    ['22008', 'bad-data'],
    ['22021', 'bad-data'],
    ['22P05', 'bad-data'],
    ['23502', 'bad-data'],
    ['54000', 'bad-data'],
    ['40001', 'conflict'],
    ['40P01', 'conflict'],
    ['55P03', 'conflict'],
    ['57014', 'timeout'],
    ['XX000', 'unknown'],
  ])('takes %s for %s', (code, expected) => {
    expect(classifyFailure(withState(code))).toBe(expected);
  });

  it('takes an error without a SQLSTATE for a lost connection', () => {
    expect(classifyFailure(new Error('Connection terminated unexpectedly'))).toBe('outage');
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    expect(classifyFailure(new AggregateError([refused], 'both addresses'))).toBe('outage');
  });

  it('does not take a bug for an outage', () => {
    expect(classifyFailure(new TypeError('x is not a function'))).toBe('unknown');
    expect(classifyFailure('a string')).toBe('unknown');
  });
});
