import {type Fact, type FactStore, known} from '../../facts.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'

/** Code that has pictures processed: with the libraries themselves, a variant of Active Storage, or what uploads are made with. */
const uses =
  /^[^#\n]*(?:\b(?:MiniMagick|ImageProcessing|Vips|Shrine|Dragonfly|Paperclip|Refile)\b|\b(?:has_attached_file|variant|variants|representation|preview|previewable|thumbnail|thumb|resize\w*|manipulate!|derivatives)\b)/m

/** Gems that hand it on to the app, which then has to use it itself. */
const handsOn = new Set(['image_processing', 'carrierwave'])

/** Gems of pictures that stand in the Gemfile, and that no code and no other gem uses: what they need is not missed. */
export async function loadIdleGems({reader}: Inputs, facts: FactStore): Promise<Fact<ReadonlySet<string>>> {
  const gems = (await facts.value('gems'))?.get('Gemfile.lock')?.gems
  const named = ['mini_magick', 'ruby-vips'].filter((name) => gems?.get(name)?.named)
  if (named.length === 0) return known(new Set())
  const lock = (await reader.text('Gemfile.lock'))?.text ?? ''
  const paths = (await facts.value('files')) ?? noFiles
  const sources = paths
    .ending('.rb', '.rake', '.erb', '.haml', '.slim', '.jbuilder', '.builder')
    .filter((path) => /^(?:app|lib|config|engines|packs|components)\//.test(path))
  const isUsed = (await reader.texts(sources)).some(({text}) => uses.test(text))
  return known(new Set(isUsed ? [] : named.filter((name) => usersOf(name, lock).every((user) => handsOn.has(user)))))
}

/** The gems of the lock that depend on one. */
function usersOf(name: string, lock: string): string[] {
  const blocks = lock.split(/^ {4}(?=\S)/m)
  return blocks.flatMap((block) => {
    const user = /^[\w.-]+/.exec(block)?.[0]
    return user && new RegExp(`^ {6}${name}(?: |$)`, 'm').test(block) ? [user] : []
  })
}
