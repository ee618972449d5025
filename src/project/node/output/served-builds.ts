/** Programs that hand out what a build has written, and stop where there is none. */
import {scripts} from '../../files/files.ts'
import {flag, plain, type Words} from '../../image/shell/tool-words.ts'

export interface ServedBuild {
  /** `next start`. */
  program: string
  /** `next build`. */
  build: string
  /** What it writes, and a file that is surely in it, relative to the folder of the app. */
  folder: string
  file: string
  /** How the program stops without it. */
  ends: string
  /** The app is in a folder of the one where the program starts. */
  app: string
  /** Files of settings, which may name another folder with one of these words. */
  settings: readonly string[]
  elsewhere: RegExp
}

type Rule = Omit<ServedBuild, 'program' | 'app'> & {valued: Words}

const ofVite: Pick<Rule, 'folder' | 'file' | 'elsewhere'> = {
  folder: 'dist',
  file: 'index.html',
  // Frameworks that are plug-ins of Vite write to folders of their own.
  elsewhere: /\b(?:outDir|root|sveltekit|reactRouter|remix|tanstackStart|qwikCity|solid|vike|nitro|ssr)\b/,
}

/** By what is started; next's router-utils/filesystem.ts, vite's node/preview.ts (from 4.0), astro's core/preview, nuxt's cli. */
const rules: Readonly<Record<string, Rule>> = {
  'next start': {
    build: 'next build',
    folder: '.next',
    file: 'BUILD_ID',
    ends: "Could not find a production build in the '.next' directory",
    valued: ['-p', '--port', '-H', '--hostname', '--keepAliveTimeout'],
    settings: scripts('next.config'),
    elsewhere: /\bdistDir\b/,
  },
  'vite preview': {
    ...ofVite,
    build: 'vite build',
    ends: 'The directory dist does not exist',
    valued: ['--host', '--port', '--base', '-l', '--logLevel', '-m', '--mode'],
    settings: scripts('vite.config'),
  },
  'astro preview': {
    ...ofVite,
    build: 'astro build',
    ends: 'The output directory does not exist',
    valued: ['--host', '--port', '--allowed-hosts'],
    settings: scripts('astro.config'),
  },
  'nuxt preview': {
    build: 'nuxt build',
    folder: '.output',
    file: 'nitro.json',
    ends: 'Cannot find nitro.json',
    valued: ['--host', '--port', '-p', '--dotenv'],
    settings: scripts('nuxt.config'),
    elsewhere: /\b(?:dir|preset|srcDir|rootDir|buildDir)\b/,
  },
}

const runners =
  /^(?:(?:npx|bunx|pnpm(?: exec)?|yarn(?: run)?|npm exec(?: --)?)(?: --yes| -y| --bun)? )?(?:\S{1,200}\/)?/
const otherNames: readonly (readonly [RegExp, string])[] = [[/^nux[ti] (?:start|preview)\b/, 'nuxt preview']]

/** What a command hands out; undefined where it is no such program, or a flag says where or builds. */
export function servedBuild(text: string): ServedBuild | undefined {
  const own = text.replace(runners, '')
  const [, name = ''] = /^(\w+ \w+)(?= |$)/.exec(own) ?? []
  const program = otherNames.find(([pattern]) => pattern.test(name))?.[1] ?? name
  const rule = Object.hasOwn(rules, program) ? rules[program] : undefined
  if (!rule) return undefined
  const words = own.split(' ').slice(2)
  if (flag(words, '--outDir', '--config', '-c', '--root', '--cwd', '--help') !== undefined) return undefined
  const [app = '.', another] = plain(words, rule.valued)
  if (another !== undefined || !/^[\w./-]+$/.test(app)) return undefined
  const {valued, ...rest} = rule
  return {...rest, program, app}
}
