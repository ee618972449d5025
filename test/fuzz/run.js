// npm run fuzz: hostile projects for a minute. npm run fuzz -- --seed 123 --seconds 10
import {parseArgs} from 'node:util'
import {Worker} from 'node:worker_threads'

const {values} = parseArgs({options: {seed: {type: 'string'}, seconds: {type: 'string', default: '60'}}})
const first = Number(values.seed ?? Date.now() % 1_000_000_000)
/** No case may take longer, nor more memory: the largest is well under a megabyte. */
const limits = {seconds: 20, megabytes: 600}

const found = new Map()
/** Of the processor, in milliseconds: a busy machine does not make a case slow. The worker uses nearly all of it. */
const cpu = () => process.cpuUsage().user / 1000
let [current, tried, last] = [first, 0, cpu()]
let worker
let timer

function start(seed, patterns = false) {
  worker = new Worker(new URL('worker.js', import.meta.url), {
    workerData: {seed, patterns},
    resourceLimits: {maxOldGenerationSizeMb: limits.megabytes},
  })
  worker.on('message', ({projects, seed: next, defect}) => {
    last = cpu()
    if (projects !== undefined && timer === undefined) begin(projects)
    else if (defect) tell(next, defect)
    else if (next !== undefined) [current, tried] = [next, tried + 1]
  })
  worker.on('error', (error) => {
    if (timer === undefined) throw error
    tell(current, {message: `${error.code ?? ''} ${error.message}`})
    start(current + 1)
  })
}

function begin(projects) {
  process.stdout.write(`${projects} projects, seed ${first}, ${values.seconds} s\n`)
  const end = performance.now() + Number(values.seconds) * 1000
  timer = setInterval(async () => {
    if (performance.now() > end) return finish()
    if (cpu() - last < limits.seconds * 1000) return
    last = cpu()
    await worker.terminate()
    tell(current, {message: `takes longer than ${limits.seconds} s`})
    start(current + 1)
  }, 200)
}

/** Each once: what differs only in its numbers and names is the same. */
function tell(seed, {message, project}) {
  const kind = message
    .split('\n')
    .slice(0, 2)
    .join('\n')
    .replace(/"(?:[^"\\]|\\.)*"|\d+/g, '…')
  found.set(kind, (found.get(kind) ?? 0) + 1)
  if (found.get(kind) > 1) return
  process.stdout.write(`\n✖ ${message}\n`)
  if (seed !== undefined) process.stdout.write(`  npm run fuzz -- --seed ${seed} --seconds 1\n`)
  if (project) process.stdout.write(`  ${JSON.stringify(project).slice(0, 2000)}\n`)
}

function finish() {
  clearInterval(timer)
  process.stdout.write(`\n${tried} cases, ${found.size} defects\n`)
  for (const [kind, count] of found) process.stdout.write(`  ${count} × ${kind}\n`)
  process.exit(found.size > 0 ? 1 : 0)
}

// The regular expressions of the sources first: that takes some seconds of its own.
start(first, true)
