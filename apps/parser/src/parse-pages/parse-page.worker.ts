import { settleRecord } from '../parse-article/settle-record.ts';
import { servePages } from './serve-pages.ts';

servePages(settleRecord);
