import {blank} from './code.ts'

/** A comment of XML or HTML; one that nothing closes goes on to the end. */
const markupComment = /<!--[\s\S]*?(?:-->|$)/g

/** The text of a page, a pom.xml or a project file of .NET: what comments hold is blank, so that offsets stay. */
export const withoutMarkupComments = (text: string): string => text.replace(markupComment, blank)
