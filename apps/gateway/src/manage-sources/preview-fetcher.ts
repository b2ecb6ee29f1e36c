import { HttpClient, userAgentOf, type PrivateAccess } from '@broadsheet/http-client';
import type { OnApplicationShutdown } from '@nestjs/common';

export interface PreviewSettings {
  readonly FETCH_ALLOW_PRIVATE: PrivateAccess;
  readonly FETCH_CONTACT?: string | undefined;
}

/** The guarded way out for previews; closed with the service. */
export class PreviewFetcher implements OnApplicationShutdown {
  private readonly client: HttpClient;
  readonly fetch: HttpClient['fetch'];

  constructor({ FETCH_ALLOW_PRIVATE: privateAccess, FETCH_CONTACT: contact }: PreviewSettings) {
    const client = new HttpClient({ userAgent: userAgentOf(contact), privateAccess });
    this.client = client;
    this.fetch = (request) => client.fetch(request);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }
}
