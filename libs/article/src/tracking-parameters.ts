/** Beginnings of names that only ever carry campaign data, in lower case. */
const TRACKING_PREFIXES: readonly string[] = [
  'utm_',
  'mtm_',
  'piwik_',
  'matomo_',
  'hsa_',
  '_hs',
  '__hs',
  'at_campaign',
  'at_custom',
  'at_link',
  'at_bbc',
  'at_ptr',
  'oly_',
  'vero_',
  'guce_',
  'wt.mc',
  'itm_',
];

/** Exact names, in lower case. */
const TRACKING_NAMES = new Set([
  // Click ids of advertising and social networks
  'fbclid',
  'gclid',
  'gclsrc',
  'dclid',
  'gbraid',
  'wbraid',
  'msclkid',
  'twclid',
  'yclid',
  'ymclid',
  'ysclid',
  'ttclid',
  'igshid',
  'igsh',
  'li_fat_id',
  'rdt_cid',
  'epik',
  'srsltid',
  'irclickid',
  'cjevent',
  'zanpid',
  'wickedid',
  'scid',
  '_openstat',
  '_ga',
  '_gl',
  'gaa_at',
  'gaa_n',
  'gaa_ts',
  'gaa_sig',
  // Mail and marketing systems
  'mkt_tok',
  'ml_subscriber',
  'ml_subscriber_hash',
  'ck_subscriber_id',
  '_bta_tid',
  '_bta_c',
  'trk_contact',
  'trk_msg',
  'trk_module',
  'trk_sid',
  'elqtrackid',
  'elqtrack',
  'elqcampaignid',
  'hsctatracking',
  's_cid',
  'sfmc_id',
  'dm_i',
  'nr_email_referer',
  'et_rid',
  'cvosrc',
  'rb_clickid',
  'wtmc',
  'cmpid',
  'cmp',
  'ncid',
  'icid',
  'ocid',
  // News publishers' campaign and share marks
  'xtor',
  'at_medium',
  'at_format',
  'at_audience',
  'at_emailtype',
  'at_recipient_id',
  'at_recipient_list',
  'ito',
  'itid',
  'wpisrc',
  'wpmm',
  'smid',
  'smtyp',
  'taid',
  'ftag',
  'cmpn',
  'wt_mc',
  'wt_zmc',

  'sh_kit',
  'sharetype',
  'guccounter',
  'amp_js_v',
  'amp_gsa',
  'amp_r',
  'usqp',
  'outputtype',
  'spm',
  '__twitter_impression',
  'ns_mchannel',
  'ns_source',
  'ns_campaign',
  'ns_linkname',
  'ns_fee',
  'sc_cid',
  'sc_channel',
  'sc_campaign',
  // Older web analytics
  'pk_campaign',
  'pk_kwd',
  'pk_keyword',
  'pk_source',
  'pk_medium',
  'pk_content',
  'pk_cid',
  'mc_cid',
  'mc_eid',
  'mc_tc',
  'fb_ref',
  'fb_source',
  'fb_action_ids',
  'fb_action_types',
  'fb_comment_id',
  // Server sessions
  'phpsessid',
  'jsessionid',
  'aspsessionid',
  'sessionid',
]);

/** Names that mean something else elsewhere, by registrable domain. */
const TRACKING_BY_SITE: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'nytimes.com': [
      'campaign_id',
      'instance_id',
      'segment_id',
      'regi_id',
      'partner',
      'emc',
      'rss',
      'referringsource',
      'unlocked_article_code',
    ],
    'washingtonpost.com': ['tid', 'pwapi_token', 'hpid'],
    'wsj.com': ['mod', 'reflink', 'st'],
    'marketwatch.com': ['mod', 'siteid'],
    'bloomberg.com': ['srnd', 'sref', 'leadsource', 'in_source'],
    'economist.com': ['fsrc'],
    'ft.com': ['sharetype', 'segmentid', 'accesstoken', 'ftcamp'],
    'bbc.co.uk': ['pinned_post_locator', 'pinned_post_asset_id', 'pinned_post_type'],
    'bbc.com': ['pinned_post_locator', 'pinned_post_asset_id', 'pinned_post_type'],
    'reuters.com': ['feedtype', 'feedname', 'rpc'],
    'npr.org': ['ft', 'f', 'sc'],
    'youtube.com': ['feature', 'si', 'ab_channel', 'pp'],
    'spiegel.de': ['sara_ref'],
    'heise.de': ['wt_mc'],
    'lemonde.fr': ['lmd_medium', 'lmd_campaign', 'lmd_creation', 'lmd_source'],
  }),
);

/** Values with which a general name says no more than where the link stood. */
const FEED_MARKS = new Set(['rss', 'feed', 'atom', 'rss2', 'newsletter']);
const FEED_MARK_NAMES = new Set(['ref', 'source', 'src', 'from', 'rss']);

const AMP_SWITCHES = new Set(['', '1', 'true', 'yes']);

export interface QueryParameter {
  /** Decoded, lower case. */
  readonly name: string;
  /** Decoded, lower case. */
  readonly value: string;
}

/**
 * Whether a query parameter leaves the addressed page as it is. `site` is the registrable domain of the
 * address, `host` its host without `www.`; `ref` goes where it names the page's own host.
 */
export function isTrackingParameter(
  parameter: QueryParameter,
  site: string,
  host: string,
): boolean {
  return hasTrackingName(parameter.name, site) || hasTrackingValue(parameter, site, host);
}

function hasTrackingName(name: string, site: string): boolean {
  if (TRACKING_NAMES.has(name) || TRACKING_BY_SITE.get(site)?.includes(name) === true) return true;
  return TRACKING_PREFIXES.some((prefix) => name.startsWith(prefix));
}

function hasTrackingValue({ name, value }: QueryParameter, site: string, host: string): boolean {
  if (name === 'amp') return AMP_SWITCHES.has(value);
  if (FEED_MARK_NAMES.has(name) && FEED_MARKS.has(value)) return true;
  return name === 'ref' && [host, site, `www.${host}`].includes(value);
}
