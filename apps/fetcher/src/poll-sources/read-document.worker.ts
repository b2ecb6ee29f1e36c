import { type DocumentTask, readDocument, type ReadDocument } from './read-document.ts';

/** What a worker thread does with each document. */
function read(task: DocumentTask): ReadDocument {
  return readDocument(task);
}

// Piscina calls the default export.
// oxlint-disable-next-line import/no-default-export
export default read;
