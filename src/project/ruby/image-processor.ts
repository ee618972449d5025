import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import {withoutHashLines} from '../code/comments.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'

/** What image_processing works with in a Rails app, which its gem brings along and the system must have. */
export interface ImageProcessor {
  gem: 'mini_magick' | 'ruby-vips'
  /** A line that has a picture processed. */
  at: FileLocation
}

const source = /^(app|lib)\//

/** A variant of Active Storage, which is processed by the configured library (Active Storage guide, "Transforming images"). */
const variant = /\.variant\s*\(\s*(?:resize\w*|format|crop|rotate|quality|saver|convert|strip|gravity|:\w)/

export async function loadImageProcessor({reader}: Inputs, facts: FactStore): Promise<Fact<ImageProcessor>> {
  const gems = (await facts.value('gems'))?.get('Gemfile.lock')?.gems
  const paths = (await facts.value('files')) ?? noFiles
  if (!gems?.has('image_processing') || !gems.has('activestorage'))
    return absent('no Active Storage with image_processing')
  const configured = await configuredProcessor()
  if (!configured) return absent('the configuration does not tell which library processes pictures')
  for (const path of paths.ending('.rb', '.erb', '.haml', '.slim', '.jbuilder').filter((each) => source.test(each))) {
    const file = await reader.text(path)
    const offset = file ? withoutHashLines(file.text).search(variant) : -1
    if (file && offset >= 0) return known({gem: configured, at: file.lineSpan(file.position(offset).line)})
  }
  return absent('no picture is processed')

  /** config.active_storage.variant_processor, else what config.load_defaults brings: vips from 7.0 on. */
  async function configuredProcessor(): Promise<ImageProcessor['gem'] | undefined> {
    const places = /^config\/(application|environments\/production|initializers\/.*)\.rb$/
    let text = ''
    for (const path of paths.ending('.rb').filter((each) => places.test(each)))
      text += `\n${(await reader.text(path))?.text ?? ''}`
    text = withoutHashLines(text)
    const set = [...text.matchAll(/variant_processor\b(?:\s*=\s*:(\w+))?/g)].map(([, name]) => name)
    // `load_defaults Rails::VERSION::STRING.to_f` takes those of the installed version.
    const [, written, own] =
      /\bload_defaults[\s(]+(?:["']?(\d+)\.\d|(Rails(?:::VERSION|\.(?:gem_)?version)))/.exec(text) ?? []
    const defaults = written ?? (own && gems?.get('activestorage')?.version.split('.')[0])
    if (set.length > 1 || (set.length === 0 && defaults === undefined)) return undefined
    const name = set.length === 1 ? set[0] : Number(defaults) < 7 ? 'mini_magick' : 'vips'
    return name === 'mini_magick' ? 'mini_magick' : name === 'vips' ? 'ruby-vips' : undefined
  }
}
