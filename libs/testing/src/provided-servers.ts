import 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** `host:port[,host:port]` of the broker of this run. */
    kafkaBrokers: string;
    /** A connection that may create databases. */
    postgresUrl: string;
    /** A database with the current schema and no rows; nobody may connect to it. */
    templateDatabase: string;
  }
}
