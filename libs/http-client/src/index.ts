export { fetchSettings, userAgentOf } from './fetch.settings.ts';
export type { ResolveHost } from './guarded-connect.ts';
export {
  HttpClient,
  type FetchRequest,
  type HttpClientSettings,
  type MayFollow,
} from './http-client.ts';
export type {
  FailureCode,
  FetchFailed,
  FetchOutcome,
  FetchRefused,
  FetchedDocument,
  FollowedRedirect,
  NotModified,
  RedirectedElsewhere,
  RefusalCode,
  ResponseHeaders,
} from './fetch-outcome.ts';
export { NO_PRIVATE_ACCESS, parsePrivateAccess, type PrivateAccess } from './private-access.ts';
