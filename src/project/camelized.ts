/** `ex_machina` is ExMachina: Macro.camelize of Elixir, and camelize of ActiveSupport without inflections. */
export const camelized = (name: string): string =>
  name.replace(/(?:^|_)([a-z\d])/g, (_, letter: string) => letter.toUpperCase())
