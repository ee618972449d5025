import {stripVTControlCharacters} from 'node:util'
import {lexer, type Token, type Tokens} from 'marked'
import picocolors from 'picocolors'
import wrapAnsi from 'wrap-ansi'

/** Longer lines are hard to read, however wide the terminal is. */
const widest = 100

type Colors = ReturnType<typeof picocolors.createColors>

/** A page of Markdown for a terminal: wrapped text, code as it is, tables aligned. */
export function showPage(markdown: string, {color, width}: {color: boolean; width: number}): string {
  const c = picocolors.createColors(color)
  return `${blocks(lexer(markdown), Math.max(30, Math.min(width, widest)), c).join('\n\n')}\n`
}

function blocks(tokens: readonly Token[], width: number, c: Colors): string[] {
  return tokens.flatMap((token) => {
    const text = block(token, width, c)
    return text === '' ? [] : [text]
  })
}

function block(token: Token, width: number, c: Colors): string {
  switch (token.type) {
    case 'space':
      return ''
    case 'heading':
      return wrap(c.bold(token.depth === 1 ? c.underline(inline(token.tokens, c)) : inline(token.tokens, c)), width)
    case 'code':
      return code(token as Tokens.Code, c)
    case 'list':
      return list(token as Tokens.List, width, c)
    case 'table':
      return table(token as Tokens.Table, width, c)
    case 'blockquote':
      return indent(blocks(token.tokens ?? [], width - 2, c).join('\n\n'), c.dim('│ '))
    default:
      return wrap(inline('tokens' in token ? token.tokens : undefined, c) || token.raw.trim(), width)
  }
}

/** Behind the language stands the file or the command that the block shows. */
function code({lang = '', text}: Tokens.Code, c: Colors): string {
  const title = lang.replace(/^\S+\s*/, '')
  const lines = indent(text, '    ')
  return title ? `  ${c.dim(title)}\n${lines}` : lines
}

function list({items, ordered, start}: Tokens.List, width: number, c: Colors): string {
  return items
    .map((item, index) => {
      const mark = ordered ? `${Number(start) + index}. ` : '• '
      const body = blocks(item.tokens, width - mark.length, c).join('\n')
      return mark + indent(body, ' '.repeat(mark.length)).trimStart()
    })
    .join('\n')
}

/** Columns as wide as what they hold; where that is too much, the widest give way and their cells are wrapped. */
function table({header, rows}: Tokens.Table, width: number, c: Colors): string {
  const texts = [header, ...rows].map((row) => row.map((cell) => inline(cell.tokens, c)))
  const widths = header.map((_, column) => Math.max(3, ...texts.map((row) => textWidth(row[column] ?? ''))))
  const room = width - 2 * (widths.length - 1)
  while (widths.reduce((sum, each) => sum + each, 0) > room && Math.max(...widths) > 12) {
    widths[widths.indexOf(Math.max(...widths))] = Math.max(...widths) - 1
  }
  const lines = texts.map((row) => {
    const cells = row.map((text, column) => wrap(text, widths[column] as number).split('\n'))
    return Array.from({length: Math.max(...cells.map((cell) => cell.length))}, (_, line) =>
      cells
        .map((cell, column) => pad(cell[line] ?? '', widths[column] as number))
        .join('  ')
        .trimEnd(),
    )
  })
  const rule = c.dim(widths.map((each) => '─'.repeat(each)).join('  '))
  const [head = [], ...body] = lines
  return [...head.map((line) => c.bold(line)), rule, ...body.flat()].join('\n')
}

function inline(tokens: readonly Token[] | undefined, c: Colors): string {
  return (tokens ?? [])
    .map((token) => {
      if (token.type === 'codespan') return c.isColorSupported ? c.cyan(token.text) : token.raw
      if (token.type === 'br') return '\n'
      const inner =
        'tokens' in token && token.tokens ? inline(token.tokens, c) : 'text' in token ? token.text : token.raw
      if (token.type === 'strong') return c.bold(inner)
      if (token.type === 'em') return c.italic(inner)
      if (token.type === 'link') return inner === token.href ? inner : `${inner} (${token.href})`
      // A line of the source ends anywhere.
      return token.type === 'text' ? inner.replaceAll('\n', ' ') : inner
    })
    .join('')
}

const wrap = (text: string, width: number): string => wrapAnsi(text, width, {hard: true, trim: true})
const indent = (text: string, by: string): string => text.replace(/^(?=.)/gm, by)
const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - textWidth(text)))
const textWidth = (text: string): number => stripVTControlCharacters(text).length
