import { HttpClient, userAgentOf, type PrivateAccess } from '@broadsheet/http-client';
import type { OnApplicationShutdown } from '@nestjs/common';

export interface PreviewSettings {
  readonly FETCH_ALLOW_PRIVATE: PrivateAccess;
  readonly FETCH_PROXY_URL?: URL | undefined;
  readonly FETCH_CONTACT?: string | undefined;
}

/** The guarded way out for previews; closed with the service. */
export class PreviewFetcher implements OnApplicationShutdown {
  private readonly client: HttpClient;
  readonly fetch: HttpClient['fetch'];

  constructor(settings: PreviewSettings) {
    const client = new HttpClient({
      userAgent: userAgentOf(settings.FETCH_CONTACT),
      privateAccess: settings.FETCH_ALLOW_PRIVATE,
      proxyUrl: settings.FETCH_PROXY_URL,
    });
    this.client = client;
    this.fetch = (request) => client.fetch(request);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }
}
