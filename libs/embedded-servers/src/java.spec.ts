import { describe, expect, it } from 'vitest';
import { findJava, readJavaVersion } from './java.ts';

describe('readJavaVersion', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['java version "1.8.0_402"', 8],
    ['openjdk version "25" 2025-09-16', 25],
    ['openjdk version "21-ea" 2023-09-19', 21],
    ['bash: java: command not found', null],
    ['', null],
  ])('reads %j as %j', (output, version) => {
    expect(readJavaVersion(output)).toBe(version);
  });
});

describe('findJava', () => {
  it('says how to get a Java when PATH has none', () => {
    expect(() => findJava({ PATH: '/nonexistent' })).toThrow(
      expect.objectContaining({
        code: 'JAVA_MISSING',
        message: expect.stringContaining('install a Java runtime 17'),
      }),
    );
  });

  it('believes JAVA_HOME and names it when there is no Java in it', () => {
    expect(() => findJava({ ...process.env, JAVA_HOME: '/nonexistent' })).toThrow(
      expect.objectContaining({
        code: 'JAVA_MISSING',
        message: expect.stringContaining('JAVA_HOME (/nonexistent)'),
      }),
    );
  });
});
