import {blank} from '../../code/code.ts'

/** A configuration of nginx with blanks in the place of its comments, so that every place stays where it is. */
export const withoutNginxComments = (text: string): string => text.replace(/(^|\s)#[^\n]*/g, blank)

/** The names in a text with blanks between them. */
export const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))
