/** C0 without tab, line feed and carriage return; DEL; C1 without NEL, which ends a line in EBCDIC. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]/;

/** Whether decoded text is text: control characters but tab and line ends mean that it is not. */
export function looksLikeText(text: string): boolean {
  return !CONTROL_CHARACTER.test(text);
}
