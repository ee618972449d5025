import {defineCheck} from '../../src/check.ts'

interface Task {
  pattern: RegExp
  /** The same while the image is built, in other words or with another tool. */
  built: RegExp
  /** What it writes. */
  writes: string
  cure: string
  /** With one of these Python packages the files go to another place than the machine. */
  unless?: RegExp
}

/** Commands that do nothing but write files. */
const tasks: readonly Task[] = [
  {
    pattern: /\b(?:manage\.py|django-admin) collectstatic\b(?!.*--dry-run)/,
    built: /collectstatic/,
    writes: 'static files',
    cure: 'Run it while the image is built: RUN python manage.py collectstatic --noinput',
    unless: /storage|^boto3$|cloudinary|collectfast|collectfasta|minio|^s3/,
  },
  {
    pattern: /\bmanage\.py makemigrations\b(?!.*--(?:check|dry-run))/,
    built: /makemigrations/,
    writes: 'migrations',
    cure: 'Run makemigrations on your computer, and commit what it writes; the deploy runs migrate.',
  },
  {
    pattern: /\b(?:(?:npm|pnpm|yarn|bun) run build|yarn build|(?:vite|next|nuxt|astro) build)(?![\w:-])/,
    built: /\bbuild\b/,
    writes: 'the files of the build',
    cure: 'Run it while the image is built: RUN npm run build',
  },
  {
    pattern: /\bassets:precompile\b/,
    built: /assets:precompile/,
    writes: 'the assets',
    cure: 'Run it while the image is built: RUN SECRET_KEY_BASE_DUMMY=1 bin/rails assets:precompile',
  },
  {
    pattern: /\bmix (?:assets\.deploy|phx\.digest)\b/,
    built: /assets\.deploy|phx\.digest/,
    writes: 'the assets',
    cure: 'Run it while the image is built: RUN mix assets.deploy',
  },
]

/** A script or a makefile may do anything while the image is built. */
const runsScript = /(?:^|[\s;&|])(?:(?:\S*\/)?[\w-]+\.sh|make|just)(?=$|[\s;&|])/

export default defineCheck({
  id: 'fly-config/release-command-files',
  title: 'no machine needs a file that the release command writes',
  why: 'The release command runs in a machine of its own, which is thrown away: what it writes reaches neither the image nor the app.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig', 'processes', 'dockerfile'],
  uses: ['image'],
  *run({flyConfig, processes, dockerfile, image}) {
    if (!flyConfig.config.deploy?.release_command) return
    const runs = dockerfile.stages.flatMap(({instructions}) =>
      instructions.flatMap(({keyword, text}) => (keyword === 'RUN' ? text : [])),
    )
    const installs = [...(image?.final.installs ?? []), ...(image?.final.copied ?? [])]
    const packages = installs.flatMap(({requirements}) => requirements.map(({name}) => name))
    for (const {pattern, built, writes, cure, unless} of tasks) {
      const of = (isRelease: boolean) =>
        processes.commands.find(({by, text}) => (by === 'release_command') === isRelease && pattern.test(text))
      const command = of(true)
      // Where the image has the files, or each machine writes its own, this only takes time.
      if (!command || of(false) || runs.some((text) => built.test(text) || runsScript.test(text))) continue
      if (unless && (packages.length === 0 || packages.some((name) => unless.test(name)))) continue
      yield {
        message: `release_command runs ${pattern.exec(command.text)?.[0]} in a machine that is thrown away: no other machine gets ${writes}`,
        at: command.at,
        related: command.at.file === flyConfig.file ? [] : [flyConfig.at('deploy', 'release_command')],
        hint: `${cure.replace(/\.$/, '')}${/RUN/.test(cure) ? '; and take it out of release_command' : ''}.`,
      }
    }
  },
})
