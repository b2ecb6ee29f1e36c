/** The part of a connection of pg that COPY needs; see the message flow in the PostgreSQL manual, §53.2.6. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** Sends rows by COPY … FROM STDIN in one message: pg has no call for it, but takes such objects. */
class CopyIn {
  callback: (() => void) | undefined;
  private failure: Error | null = null;

  constructor(
    private readonly text: string,
    private readonly rows: Buffer,
    private readonly settle: (failure: Error | null) => void,
  ) {}

  submit(connection: CopyConnection): void {
    connection.query(this.text);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFromChunk(this.rows);
    connection.endCopyFrom();
  }

  handleCommandComplete(): void {}

  handleError(error: Error): void {
    this.failure = error;
    this.callback?.();
    this.settle(error);
  }

  handleReadyForQuery(): void {
    if (this.failure !== null) return;
    this.callback?.();
    this.settle(null);
  }
}

interface CopyClient {
  query(copy: CopyIn): unknown;
}

/** @param columns arrays of one value for each row, as bulk statements send them */
export function copyRows(
  client: CopyClient,
  table: string,
  columns: readonly (readonly unknown[])[],
): Promise<void> {
  const rows = Buffer.from(copyText(columns));
  return new Promise((resolve, reject) => {
    const settle = (failure: Error | null) => (failure === null ? resolve() : reject(failure));
    client.query(new CopyIn(`COPY ${table} FROM STDIN`, rows, settle));
  });
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

function copyText(columns: readonly (readonly unknown[])[]): string {
  const lines: string[] = [];
  const rows = columns[0]?.length ?? 0;
  for (let row = 0; row < rows; row += 1) {
    lines.push(columns.map((values) => copyValue(values[row])).join('\t'));
  }
  return `${lines.join('\n')}\n`;
}

function copyValue(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return '\\N';
  return value.replaceAll(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? '');
}
