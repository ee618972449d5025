import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import {setVariables} from '../environment/set-variables.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'

/** A server of Rails that nothing tells to be in production. */
export interface UnsetEnvironment {
  by: string
  command: string
  at: FileLocation
}

/** `bin/rails server`, Puma, or Thruster before them, without an environment of their own: `-e production`. */
const server =
  /(?:^|[\s/])(?:rails (?:s|server)|puma|thrust|unicorn|falcon serve)(?=\s|$)(?!.*\s(?:-e|-E|--env(?:ironment)?)[\s=])/

export async function loadUnsetEnvironment({reader}: Inputs, facts: FactStore): Promise<Fact<UnsetEnvironment[]>> {
  const [processes, files, application, development, puma] = await Promise.all([
    facts.need('processes'),
    facts.value('files'),
    reader.text('config/application.rb'),
    reader.text('config/environments/development.rb'),
    reader.text('config/puma.rb'),
  ])
  if (!application || !/\bRails::Application\b/.test(application.text) || !development)
    return absent('there is no Rails app')
  const set = await setVariables(facts)
  if (!set.complete || set.mayBeSet('RAILS_ENV') || set.mayBeSet('RACK_ENV')) return known([])
  // What lets every name in, or another file that sets the environment.
  const paths = (files ?? noFiles).ending('.rb', '.ru').filter((path) => /^(?:config\/|config\.ru$)/.test(path))
  const texts = await reader.texts(paths)
  const isOpen = texts.some(
    ({text, path}) =>
      /\b(?:RAILS_ENV|RACK_ENV)["']\]\s*(?:\|\|)?=|Rails\.env\s*=/.test(text) ||
      (!/environments\/(?!development)/.test(path) && /^[^#\n]*\bhosts\b/m.test(text)),
  )
  if (isOpen || /^[ \t]{0,99}environment[\s(]+["']production["']/m.test(puma?.text ?? '')) return known([])
  const found = processes.commands.find(
    ({text, certain, by}) => certain && by !== 'release_command' && server.test(text),
  )
  return known(found ? [{by: found.by, command: found.text, at: found.at}] : [])
}
