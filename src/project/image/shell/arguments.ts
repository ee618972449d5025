/** The flags of a command and their values. */

/** A word of a command: undefined where it cannot be known; `fixed` where no variable is in it. */
export interface ReadWord {
  text: string | undefined
  fixed: boolean
  /** The variable that decides, where the project's code reads one. */
  variable?: string | undefined
}

/** The flags that take a value: of them the next word may be unknown, any other unknown word may be a flag itself. */
const valued = new Set(
  (
    '--host --port --bind --listen --hostname --binding --address --server.port --server.address --workers --log-level ' +
    '--timeout --graceful-timeout --keep-alive --worker-class --worker-connections --threads --max-requests ' +
    '--max-requests-jitter --access-logfile --error-logfile --log-file --forwarded-allow-ips --timeout-keep-alive ' +
    '--timeout-graceful-shutdown --limit-concurrency --limit-max-requests --backlog --root-path --log-config --loop ' +
    '--http --ws --interface --app-dir --env-file --chdir --name --config --app --settings --pythonpath --env --environment ' +
    '--server.fileWatcherType --outDir --mode --base --call --channel-class -P ' +
    '--verbosity -b -p -k -w -t -c -l -H -h -a -A -e -n -o -S -C -u -v'
  ).split(' '),
)

export class Arguments {
  readonly flags: [name: string, value: ReadWord | undefined][] = []
  readonly positional: ReadWord[] = []
  /** A word that may be a flag is not known, so nothing is. */
  readonly isKnown: boolean = true

  constructor(words: readonly ReadWord[], booleans: readonly string[]) {
    for (let at = 0; at < words.length; at++) {
      const word = words[at] as ReadWord
      const {text, fixed} = word
      if (text === undefined) {
        this.isKnown = false
        return
      }
      const [, long, joined] = /^(--[^=]+)=(.*)$/s.exec(text) ?? []
      const takes = (flag: string) => valued.has(flag) && !booleans.includes(flag)
      if (long !== undefined) this.flags.push([long, {text: joined, fixed}])
      else if (/^-[a-zA-Z]./.test(text) && takes(text.slice(0, 2))) {
        this.flags.push([text.slice(0, 2), {text: text.slice(2).replace(/^=/, ''), fixed}])
      } else if (!text.startsWith('-')) this.positional.push(word)
      else if (takes(text)) this.flags.push([text, words[++at]])
      else this.flags.push([text, undefined])
    }
  }

  has(...names: string[]): boolean {
    return this.flags.some(([name]) => names.includes(name))
  }

  all(...names: string[]): ReadWord[] {
    return this.flags.flatMap(([name, value]) =>
      names.includes(name) ? [value ?? {text: undefined, fixed: false}] : [],
    )
  }

  /** The last one counts. */
  last(...names: string[]): ReadWord | undefined {
    return this.all(...names).at(-1)
  }
}
