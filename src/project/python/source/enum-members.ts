export interface EnumMember {
  name: string
  value: string
}

/**
 * The members of an enum of Python, each with a text as its value; undefined where the source has no such class, or one that
 * makes values or takes others.
 */
export function enumMembers(name: string, source: string): EnumMember[] | undefined {
  const head = new RegExp(`^class[ \\t]{1,9}${name}\\(([^)\\n]{1,200})\\)[ \\t]{0,9}:`, 'm').exec(source)
  if (!head || !/\b(?:Str)?Enum\b/.test(head[1] as string)) return undefined
  const members: EnumMember[] = []
  let indent: string | undefined
  for (const line of source.slice(head.index).split('\n').slice(1)) {
    if (line.trim() === '') continue
    const margin = line.slice(0, line.length - line.trimStart().length)
    if (margin === '') break
    indent ??= margin
    const text = line.trim()
    if (/\bauto\(|_missing_|\bnonmember\b/.test(text)) return undefined
    if (margin !== indent || !/^[A-Za-z]\w{0,100}[ \t]{0,9}=/.test(text)) continue
    const [, member, , value] =
      /^(\w{1,100})[ \t]{0,9}=[ \t]{0,9}(["'])([^"'\n]{0,300})\2[ \t]{0,9}(?:#|$)/.exec(text) ?? []
    if (member === undefined || value === undefined) return undefined
    members.push({name: member, value})
  }
  return members.length > 0 ? members : undefined
}
