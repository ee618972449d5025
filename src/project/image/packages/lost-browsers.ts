import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions, flagOf, lineage, rootImage} from '../../dockerfile/parse.ts'
import {isNear, noFiles} from '../../files/files.ts'
import type {Inputs} from '../../inputs.ts'
import {basePrograms} from '../base/base-programs.ts'
import type {BuildCommand} from '../build-commands.ts'
import {copyOf} from '../files/context-path.ts'
import {isBelow} from '../files/image-path.ts'
import {Ownership} from '../users/ownership.ts'

/** Browsers that Playwright fetched and does not find, or cannot start, when the code launches one. */
export interface LostBrowsers {
  /** `stage`: in a stage of which the last one takes other things. `user`: in the home of root, and another one launches them. `libraries`: without what they need of the system. */
  why: 'stage' | 'user' | 'libraries'
  /** The command that fetches them, and the folder that it lays them into. */
  at: FileLocation
  folder: string
  /** The last stage; of `user`, its USER. */
  final: FileLocation
  user: string
  /** The code that starts one. */
  launch: FileLocation
}

/** `await chromium.launch()`, `p.chromium.launch_persistent_context(…)`; a path or a channel names a browser of another kind, or it connects to one. */
const launches = /\b(?:chromium|firefox|webkit)\.launch(?:_?[pP]ersistent_?[cC]ontext)?\(/
const namesOther = /executable_?path|\bchannel\b|\.connect(?:_?over_?cdp)?\(|PLAYWRIGHT_|ms-playwright/i
/** Patchright and rebrowser are Playwright under other names, with the same folder (their READMEs). */
const fetchesThem = /\b(?:playwright|patchright|rebrowser-playwright)["',\s]{1,9}install\b/
const aside =
  /(?:^|\/)(?:tests?|e2e|specs?|__tests__|scripts?|examples?|docs?|tools?|bench\w*)\/|[._](?:test|spec)\.\w+$|(?:^|\/)(?:test_|conftest)|prerender|generat|snapshot/i
/** What brings a browser in another way, or the same in the last stage. */
const mentions = /playwright|patchright|puppeteer|chrom|browser|\.cache\b/i
const installs =
  /(?:^|[\s/])(?:playwright|patchright|rebrowser-playwright) install(?: (?!--dry-run|--help)\S{1,200}){0,50}$/
/** Images of Debian that have a language, and no library of a desktop. */
const slim = /^(?:(?:docker\.io\/)?(?:library\/)?(?:python|node|debian):\S*slim|ghcr\.io\/astral-sh\/uv:\S*slim)/
/** What brings the libraries of a browser: Playwright itself, or a package that has or needs them. */
const librariesCome = /--with-deps|install-deps|\blib(?:nss3|gbm1|atk|gtk)|chrom|firefox|xvfb|webkit|desktop/i
/** Opens the home of root, or lays what is in it elsewhere. */
const movesHome = /\/root\b|~|\bHOME\b|\bchmod\b[^\n;&|]{0,300}\s\/\s/

export async function loadLostBrowsers({reader}: Inputs, facts: FactStore): Promise<Fact<LostBrowsers[]>> {
  const [[build, dockerfile, {commands}], processes, files, flyConfig] = await Promise.all([
    facts.needAll('build', 'dockerfile', 'buildCommands'),
    facts.value('processes'),
    facts.value('files'),
    facts.value('flyConfig'),
  ])
  const {final} = build
  const own = lineage(final.stage)
  const fetching = commands.filter(({words}) => installs.test(words.map((word) => word ?? '?').join(' ')))
  const lost = fromStage() ?? ofRoot() ?? withoutLibraries()
  const launch = lost && (await launchOf())
  return known(launch ? [{...lost, launch}] : [])

  function fromStage(): Omit<LostBrowsers, 'launch'> | undefined {
    const install = fetching.find(({moment}) => !own.includes(moment.stage))
    const folder = install && folderOf(install)
    if (!install || folder === undefined || !basePrograms(rootImage(final.stage) ?? '')) return undefined
    const isBrought = allInstructions(final.stage).some((each) => {
      if (each.keyword !== 'COPY' || flagOf(each, 'from') === undefined) return mentions.test(each.text)
      const sources = copyOf(each)?.sources.map((source) => posix.resolve('/', source)) ?? ['/']
      return sources.some((source) => /[*?$]/.test(source) || isBelow(folder, source) || isBelow(source, folder))
    })
    return isBrought ? undefined : {why: 'stage', at: install.at, folder, final: final.stage.at, user: ''}
  }

  /** Playwright looks in the home of whoever runs it, and nobody but root comes into /root. */
  function ofRoot(): Omit<LostBrowsers, 'launch'> | undefined {
    const {user, at} = new Ownership(build, dockerfile)
    const [install, another] = fetching
    if (!install || another || user === '' || !own.includes(install.moment.stage)) return undefined
    const fetcher = new Ownership(build, dockerfile, install.moment).user
    const folder = folderOf(install)
    const isSet = [final.config.env.get('HOME'), final.config.env.get('PLAYWRIGHT_BROWSERS_PATH')].some(Boolean)
    if (fetcher !== '' || isSet || folder !== '/root/.cache/ms-playwright') return undefined
    const others = allInstructions(final.stage).filter(({keyword}) => /^(?:RUN|COPY)$/.test(keyword))
    if (others.some(({text}) => movesHome.test(text))) return undefined
    return {why: 'user', at: install.at, folder, final: at, user}
  }

  function withoutLibraries(): Omit<LostBrowsers, 'launch'> | undefined {
    const [install, another] = fetching
    const isOwn = install && own.includes(install.moment.stage)
    if (!isOwn || another || !slim.test(rootImage(final.stage) ?? '')) return undefined
    const runs = allInstructions(final.stage).filter(({keyword}) => /^(?:RUN|COPY)$/.test(keyword))
    // A file of names, or a script, may have them.
    const isOpen = runs.some(
      ({text}) =>
        /\bxargs\b|\$\(|`|\.sh\b|\bdpkg\b|--from=/.test(text.replace(/--from=\S{0,200}uv\S{0,200}/, '')) ||
        librariesCome.test(
          text.replace(/(?:playw|patch)right install(?!-deps)[^\n;&|]*/g, (each) =>
            /--with-deps/.test(each) ? each : '',
          ),
        ),
    )
    const folder = folderOf(install)
    return isOpen || folder === undefined
      ? undefined
      : {why: 'libraries', at: install.at, folder, final: final.stage.at, user: ''}
  }

  /** Where the command lays the browsers; undefined where it says so itself, as 0 lays them into the package. */
  function folderOf({moment}: BuildCommand): string | undefined {
    const {variables} = moment
    const folder =
      variables.get('PLAYWRIGHT_BROWSERS_PATH') ?? posix.join(variables.get('HOME') ?? '/root', '.cache/ms-playwright')
    return folder.startsWith('/') && !/\bPLAYWRIGHT_BROWSERS_PATH=/.test(moment.instruction.text) ? folder : undefined
  }

  /** The code that launches one of them, where nothing says that it takes others. */
  async function launchOf(): Promise<FileLocation | undefined> {
    if (processes?.commands.some(({text}) => mentions.test(text)) ?? true) return undefined
    // What the build itself starts has its browsers there.
    const startedBy = commands.map(({words}) => words.join(' '))
    const code = (files ?? noFiles)
      .only(isNear)
      .ending('.py', '.js', '.mjs', '.cjs', '.ts', '.mts')
      .filter((path) => !aside.test(path) && !startedBy.some((text) => text.includes(posix.basename(path))))
    const texts = await reader.texts(code)
    if (Object.keys(flyConfig?.config.env ?? {}).some((name) => mentions.test(name) || name === 'HOME'))
      return undefined
    if (texts.some(({text}) => launches.test(text) && namesOther.test(text))) return undefined
    if (texts.some(({text}) => fetchesThem.test(text))) return undefined
    for (const file of texts) {
      const match = launches.exec(file.text)
      if (match) return file.span(match.index, match.index + match[0].length)
    }
    return undefined
  }
}
