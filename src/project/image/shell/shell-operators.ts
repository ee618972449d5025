/** Where a program stops to read a command that no shell reads: mattn/go-shellwords ends it at the first operator. */
export function operatorIn(command: string): {index: number; operator: string} | undefined {
  let quote = ''
  for (let index = 0; index < command.length; index++) {
    const character = command[index] as string
    if (character === '\\' && quote !== "'") index++
    else if (quote === character) quote = ''
    else if (quote === '' && /["'`]/.test(character)) quote = character
    else if (quote === '' && /[;&|<>]/.test(character)) {
      const operator = /^(?:&&|\|\||.)/s.exec(command.slice(index))?.[0] as string
      return {index, operator}
    }
  }
  return undefined
}

/** The part of a command before the first operator of a shell. */
export const startedPart = (command: string): string => command.slice(0, operatorIn(command)?.index)
