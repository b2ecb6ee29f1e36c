/** Injects the ChangeSource. */
export const CHANGE_SOURCE = Symbol('CHANGE_SOURCE');
/** Injects the function that makes the ChangeHearing of an observer. */
export const HEAR_CHANGES = Symbol('HEAR_CHANGES');
