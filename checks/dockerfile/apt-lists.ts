import {defineCheck, type Facts, installsByApt} from '../../src/check.ts'

type Stage = Facts['image']['stages'][number]
type Command = Stage['commands'][number]

/** Official images of Debian and Ubuntu: each of their Dockerfiles takes the lists away again (docker-library/official-images). */
const official =
  /^(?:debian|ubuntu|node|python|ruby|golang|rust|php|elixir|erlang|perl|buildpack-deps)(?::(?!.*alpine)|$)/

/** Packages that none of them has. What is there already, apt need not look up. */
const inNone = new Set(
  `nginx supervisor cron ffmpeg jq vim nano postgresql-client default-mysql-client mariadb-client redis-tools redis-server
  chromium chromium-driver tesseract-ocr poppler-utils libreoffice graphviz tini dumb-init sudo rsync netcat-openbsd
  netcat-traditional iputils-ping dnsutils htop locales cmake libvips libvips-dev libvips42 nodejs npm sqlite3 wkhtmltopdf
  ghostscript pandoc espeak-ng libsndfile1 portaudio19-dev xvfb inotify-tools`.split(/\s+/),
)
/** … nor those that are called slim, and the plain ones. */
const inNoSlim = new Set('curl wget git build-essential libpq-dev python3-pip unzip zip openssh-client'.split(' '))
const plain = /^(?:debian|ubuntu)(?::|$)/

/** Programs that leave the lists as they are. */
const quiet =
  /^(?:apt-(?:mark|key|cache)|dpkg|rm|mkdir|cp|mv|ln|ls|chmod|chown|touch|install|echo|printf|cat|tee|sed|grep|awk|cd|set|export|true|test|\[|which|command|id|curl|wget|tar|unzip|gunzip|git|gpg|pip3?|python3?|poetry|uv|npm|yarn|pnpm|corepack|bundle|gem|go|cargo|useradd|groupadd|adduser|addgroup|usermod|update-ca-certificates|locale-gen)$/

/** Whether apt has its lists: at first it has none, where that is known of the base. */
interface Lists {
  state: 'there' | 'missing' | 'unknown'
  /** What has taken them away; undefined where the base has none. */
  removed?: Command
}

export default defineCheck({
  id: 'dockerfile/apt-lists',
  title: 'apt has its lists of packages when it installs',
  why: 'Images come without them: without apt-get update before it, or behind an rm of them, apt finds no package.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image'],
  uses: ['buildsElse'],
  *run({image, buildsElse}) {
    const behind = new Map<Stage['stage'], Lists>()
    for (const stage of image.stages) {
      const parent = stage.stage.parent && behind.get(stage.stage.parent)
      let lists: Lists = parent ?? {state: official.test(stage.root.image ?? '') ? 'missing' : 'unknown'}
      // A folder of the builder's own, or another image's files over these.
      if (stage.stage.instructions.some(mayBringLists)) lists = {state: 'unknown'}
      for (const command of stage.commands) {
        const lacking = lists.state === 'missing' ? lackedBy(command, stage) : undefined
        if (lacking) {
          const {removed} = lists
          yield {
            message: `${command.words[0]} install finds no package ${lacking}: ${removed ? 'its lists of packages are gone, as a RUN before removes them' : `${stage.root.image} comes without lists of packages, and no apt-get update is before it`}`,
            at: command.at,
            related: [removed?.at ?? stage.root.at],
            hint: `Fetch them in the same RUN: apt-get update && apt-get install -y ${lacking}`,
            ...((buildsElse || !command.decisive) && {severity: 'warning' as const}),
          }
          lists = {state: 'unknown'}
        }
        lists = after(command, lists)
      }
      behind.set(stage.stage, lists)
    }
  },
})

const mayBringLists = ({keyword, words, flags}: Stage['stage']['instructions'][number]): boolean =>
  keyword === 'RUN'
    ? flags.some(([, value]) => /\/var\/(?:lib\/apt|cache)/.test(value))
    : /^(?:COPY|ADD)$/.test(keyword) && /^\/(?:var(?:\/|$)|$)/.test(words.at(-1) ?? '')

/** The first package that apt would have to look up. */
function lackedBy(command: Command, {slim, root}: Stage): string | undefined {
  const {words, conditional, packagesThen} = command
  const [, ...rest] = words
  if (!installsByApt(command) || conditional || packagesThen.opaque || rest.includes(undefined)) return undefined
  const isSlim = slim !== undefined || plain.test(root.image ?? '')
  return rest.find(
    (word) =>
      word !== undefined && (inNone.has(word) || (isSlim && inNoSlim.has(word))) && !packagesThen.named.includes(word),
  )
}

function after(command: Command, lists: Lists): Lists {
  const [program = '', ...rest] = command.words
  if (/^(?:apt-get|apt|aptitude|nala|apt-fast)$/.test(program)) {
    if (rest.includes('update')) return {state: command.conditional && lists.state === 'missing' ? 'unknown' : 'there'}
    return rest.includes(undefined) || rest.some((word) => /^dist-?clean$/.test(word ?? ''))
      ? {state: 'unknown'}
      : lists
  }
  // `bash` of `curl … | bash`, add-apt-repository: they may fetch them by themselves.
  if (!quiet.test(program.split('/').at(-1) ?? '')) return {state: 'unknown'}
  const removes = program === 'rm' && rest.some((word) => /^\/var\/lib\/apt(?:\/lists)?\/?\*?$/.test(word ?? ''))
  if (!removes || lists.state === 'missing') return lists
  return command.conditional ? {state: 'unknown'} : {state: 'missing', removed: command}
}
