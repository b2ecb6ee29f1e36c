/** A source that names a hub, and how its subscription stands. */
export interface DueSubscription {
  readonly sourceId: string;
  readonly hub: string;
  /** The feed's own name for itself, which the hub knows it by. */
  readonly topic: string;
  /** Null before the first request. */
  readonly token: string | null;
  readonly secret: string | null;
  readonly failures: number;
}

/** A request that is about to be sent to a hub. */
export interface SubscriptionRequest {
  readonly sourceId: string;
  readonly hub: string;
  readonly topic: string;
  readonly token: string;
  readonly secret: string;
  readonly failures: number;
  /** When it is sent again where nothing comes of it. */
  readonly renewAt: Date;
}

/** What a callback needs to know of the subscription it belongs to. */
export interface KnownSubscription {
  readonly sourceId: string;
  readonly topic: string;
  readonly secret: string;
}

/** What a hub said. */
export type HubMessage = { readonly sourceId: string; readonly receivedAt: Date } & (
  | { readonly kind: 'confirmed'; readonly leaseSeconds: number }
  | { readonly kind: 'denied' }
  | { readonly kind: 'content'; readonly contentType: string | null; readonly body: Uint8Array }
);
