import {pythonSatisfies} from './pep508.ts'

/** What is certain of a marker's environment on Fly: Linux, x86-64, CPython. */
const environment: Readonly<Record<string, string>> = {
  os_name: 'posix',
  sys_platform: 'linux',
  platform_system: 'Linux',
  platform_machine: 'x86_64',
  platform_python_implementation: 'CPython',
  implementation_name: 'cpython',
}

const token = /\s*(\(|\)|and\b|or\b|not\s+in\b|in\b|===|==|~=|!=|<=|>=|<|>|"[^"]*"|'[^']*'|[A-Za-z_.]+)/y

/** Evaluates a PEP 508 marker for the image. undefined where it asks for something that is not known. */
export function evaluateMarker(marker: string, python: string | undefined): boolean | undefined {
  // Deeper than any marker is; a parser that calls itself must not be led on.
  if ((marker.match(/\(/g)?.length ?? 0) > 50) return undefined
  const tokens: string[] = []
  token.lastIndex = 0
  while (token.lastIndex < marker.trimEnd().length) {
    const match = token.exec(marker)
    if (!match) return undefined
    tokens.push((match[1] as string).replace(/\s+/g, ' '))
  }
  let at = 0
  const disjunction = (): boolean | undefined => {
    let left = conjunction()
    while (tokens[at] === 'or') {
      at++
      const right = conjunction()
      left = left === true || right === true ? true : left === false && right === false ? false : undefined
    }
    return left
  }
  const conjunction = (): boolean | undefined => {
    let left = comparison()
    while (tokens[at] === 'and') {
      at++
      const right = comparison()
      left = left === false || right === false ? false : left === true && right === true ? true : undefined
    }
    return left
  }
  const comparison = (): boolean | undefined => {
    if (tokens[at] === '(') {
      at++
      const inner = disjunction()
      at++ // the closing parenthesis
      return inner
    }
    const [left = '', operator = '', right = ''] = tokens.slice(at, at + 3)
    at += 3
    return compare(left, operator, right, python)
  }
  return disjunction()
}

function compare(left: string, operator: string, right: string, python: string | undefined): boolean | undefined {
  const text = (word: string) => (/^["']/.test(word) ? word.slice(1, -1) : environment[word])
  if ((left === 'python_version' || left === 'python_full_version') && /^["']/.test(right)) {
    return python && /^[=~!<>]/.test(operator) ? pythonSatisfies(python, operator + text(right)) : undefined
  }
  const [a, b] = [text(left), text(right)]
  if (a === undefined || b === undefined) return undefined
  if (operator === '==' || operator === '===') return a === b
  if (operator === '!=') return a !== b
  if (operator === 'in') return b.includes(a)
  if (operator === 'not in') return !b.includes(a)
  return undefined
}
