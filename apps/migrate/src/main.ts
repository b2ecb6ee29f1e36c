import { runMigrate } from './run-migrate.ts';

try {
  await runMigrate(process.env, console.log);
} catch (error) {
  // Errors with a code say what to do in their message; anything else is a defect and shows its stack.
  const isExpected = error instanceof Error && 'code' in error;
  console.error(isExpected ? error.message : error);
  process.exitCode = 1;
}
