import {withoutHashLines} from '../../code/comments.ts'
import {allInstructions, mountsOf, type Stage} from '../../dockerfile/parse.ts'
import type {BuiltStage, Unknown} from '../build-stage.ts'
import type {Moment} from '../moment.ts'

/**
 * Programs that make no folder of an app: package managers of the system, users, rights, and what removes. `pip install`
 * fills site-packages only; npm's, which run the project's own scripts, are not among them.
 */
const quiet =
  /^(?:apt-get|apt|apk|dnf|microdnf|yum|dpkg|update-ca-certificates|addgroup|adduser|groupadd|useradd|usermod|chown|chmod|mkdir|rm|rmdir|set|unset|export|umask|true|cd|test|ls|du|file|stat|ldd|exit|corepack|npm (?:prune|cache|config|i(?:nstall)? -g)|gem (?:update --system|install (?:(?:-N|--no-document) )?bundler)|pip3? (?:install|cache)|python3? -m pip|uv pip)\b/

/** … but for these, which unpack or fetch into a folder that is the app's. */
const unpacks =
  /^(?:dpkg-deb\b|dpkg\s(?:.{0,300}\s)?(?:-[xX]|--v?extract)\s|apt(?:-get)?\s(?:.{0,300}\s)?(?:download|source)\b|(?:pip3?|python3? -m pip|uv pip)\s.{0,300}\s(?:--target|-t|--prefix|--root)(?![\w-]))/

/** Whether a RUN surely makes nothing but what it names: every program of it is known to. */
export const isQuiet = (text: string): boolean => isMadeOf(text, isQuietPart)

/** Whether all RUNs of a stage and of those that it is built on are such. */
export const isQuietStage = (stage: Stage): boolean =>
  allInstructions(stage).every(({keyword, text}) => keyword !== 'RUN' || isQuiet(text))

/** … or installs packages, into folders of their own. What a script of the project then writes is left to who asks. */
export const isInstall = (text: string): boolean => isMadeOf(text, (part) => isQuietPart(part) || isInstallPart(part))

/** … or does what the Dockerfile of Rails does: its tasks write to `public`, `tmp` and `log`. */
export const leavesStorage = (text: string): boolean =>
  isMadeOf(text, (part) => isQuietPart(part) || isInstallPart(part) || ofRails.test(part))

const ofRails =
  /^(?:[A-Z_]+=\S* ){0,5}(?:bundle exec )?(?:bootsnap precompile|(?:\.\/)?(?:bin\/)?(?:rails|rake) assets:(?:precompile|clean))\b|^gem (?:update --system|install)\b|^curl \S{0,20} ?https:\/\/bun\.(?:sh|com)\/install$|^bash -s\b/

/** … or prunes a workspace into a folder of its own. */
export const isPrune = (text: string): boolean => isMadeOf(text, (part) => isQuietPart(part) || prunes.test(part))

const prunes =
  /^(?:(?:npx|bunx|pnpm|yarn|npm exec)(?: (?:dlx|exec|-y|--yes|--)){0,3} )?turbo(?:@\S+)? (?:prune|telemetry)\b|^(?:npm (?:i|install|add) --global|pnpm add (?:-g|--global)|bun (?:add|install|i) (?:-g|--global)|yarn global add)\b/

/** … or runs what writes no source of Python: Django's tasks, downloads of browsers and models, byte code. */
export const leavesPython = (text: string): boolean =>
  isMadeOf(text, (part) => isQuietPart(part) || isInstallPart(part) || writesNoPython.test(part))

const writesNoPython =
  /^(?:(?:[A-Z_]+=\S* )*(?:uv run |poetry run )?python[\d.]* (?:\S*\/)?manage\.py (?:collectstatic|compress|compilemessages|check|migrate)|(?:[A-Z_]+=\S* )*(?:uv run |poetry run )?(?:python[\d.]* -m )?(?:compileall|playwright install|spacy download|nltk\.downloader))\b/

/** … or what brings no packages of composer: extensions of PHP, tasks of artisan, settings of Apache. */
export const leavesVendor = (text: string): boolean =>
  !/vendor/.test(text) &&
  isMadeOf(text.replace(/"?\$\(nproc\)"?/g, ''), (part) => isQuietPart(part) || writesNoVendor.test(part))

const writesNoVendor =
  /^(?:docker-php-ext-(?:install|configure|enable)|pecl (?:channel-update|install|clear-cache)|install-php-extensions|a2(?:enmod|dismod|ensite|dissite|enconf|disconf)|sed -[a-zA-Z]+ (?!.*;)|touch|echo|printf|php artisan [a-z]+:[a-z-]+$|(?:cp|mv|ln -s\w*) "?\S+\/\S+\.(?:ini|conf)\S* )/

/**
 * Whether a RUN has what may write sources of Python without naming them: a script of the project, a task, or a generator
 * of code. Programs that move or fetch whole folders are known as such.
 */
export const mayWritePython = (text: string): boolean =>
  partsOf(text).some((part) => !leavesPython(part) && writers.test(part))

const writers =
  /^(?:\w+=\S* )*(?:(?:uv|poetry|pdm|pipenv|hatch) run )?(?:\.{1,2}\/\S|\/(?!\S*\/bin\/)\S|(?:ba|da)?sh (?!-)\S|python[\d.]* (?!\S*manage\.py)[\w./-]+\.py\b|(?:invoke|inv|just|task|nox|tox|doit|poe)\b)|generat|codegen|\bprotoc\b|\bbuf /

const installs =
  /^(?:NODE_ENV=\w+\s+)?(?:npm (?:ci|clean-install|install|i)|pnpm (?:install|i)|yarn install|bun (?:install|i)|uv sync|poetry (?:install|config)|pipenv (?:install|sync)|bundle (?:install|config)|composer install|go mod download|mix (?:deps\.get|local\.\w+)|dotnet restore)(?:\s|$)/

/** `yarn` alone, with flags at most: `yarn build` is a script of the project. */
const isInstallPart = (part: string): boolean =>
  installs.test(part) || /^yarn(?:\s{1,50}-[\w-]{1,50}(?:=\S{0,200})?){0,20}$/.test(part)

const isQuietPart = (part: string): boolean =>
  (quiet.test(part) && !unpacks.test(part)) ||
  (/^echo\b/.test(part) && !part.includes('>')) ||
  /^[\w./-]+ (?:--version|-[vV])$/.test(part)

function isMadeOf(text: string, test: (part: string) => boolean): boolean {
  const plain = withoutHashLines(text.replace(/\\\n/g, ' '))
  if (/<<|\$\(|`|^\s*\[/.test(plain)) return false
  return partsOf(plain).every((part) => part === '' || test(part))
}

/** The commands of a shell text, one behind the other. */
export const partsOf = (text: string): string[] =>
  text.split(/&&|\|\||[;\n|]/).map((part) => part.replace(/^[\s({]+/, '').trim())

/** Whether a RUN lays nothing beside the sources but what it names: Go writes what stands behind -o. */
export function writesNamed(text: string): boolean {
  const parts = text.replace(/\\\r?\n/g, ' ').split(/&&|\|\||[;\n|]/)
  return parts.every((part) => isQuiet(part) || /^\s*(?:[A-Z_]+=\S*\s+)*go\s+(?:build|mod|vet|version)\b/.test(part))
}

/**
 * Whether a RUN may make a path without naming it, as a build makes its own folder: where the project is, and in no
 * folder beside it.
 */
export function mayMake(stage: BuiltStage, path: string): boolean {
  const {config, files, unknown} = stage
  const [, top = ''] = path.split('/')
  const outside = config.workingDir.length > 1 && !files.get(`/${top}`)
  return (
    !outside && unknown.some((each) => each.by === 'run' && !isQuiet(each.text ?? '') && reaches(stage, each, path))
  )
}

/**
 * Whether a RUN may write below the top folder of a path: it runs in it, or names it, or files of the project are there
 * by then, whose build may be told to write anywhere.
 */
export function reaches({moments}: BuiltStage, {at, folder, text = ''}: Unknown, path: string): boolean {
  const [, top = '', more] = path.split('/')
  const moment = moments.find(({instruction}) => instruction.at === at)
  if (folder === undefined || !moment || hasFiles(moment)) return true
  if (folder === '/' && (more === undefined || homesOfBases.has(top))) return true
  if (top === 'home' && /~|\$\{?HOME\b/.test(text)) return true
  const isNamed = text.includes('$') && [...moment.variables.values()].some((value) => value.includes(top))
  return folder.split('/')[1] === top || text.includes(top) || isNamed || unpacksFolder.test(text)
}

/** What is unpacked or fetched has folders of its own. */
const unpacksFolder = /\b(?:tar|unzip|clone|rsync)\s/

const hasFiles = ({instruction, files, unknown}: Moment): boolean =>
  mountsOf(instruction).some((mount) => (mount.get('type') ?? 'bind') === 'bind') ||
  !files.files()[Symbol.iterator]().next().done ||
  unknown.some(({by}) => by === 'copy')

/** In which the images of PHP, Bun, Gradle and Go begin, which a RUN before any WORKDIR then runs in. */
const homesOfBases: ReadonlySet<string> = new Set(['var', 'home', 'go'])
