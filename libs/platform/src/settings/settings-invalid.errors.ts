/** A setting is missing or wrong. The message is one sentence for the person who starts the service. */
export class SettingsInvalid extends Error {
  override readonly name = 'SettingsInvalid';
  readonly code = 'SETTINGS_INVALID';
  readonly retry = 'never';
}
