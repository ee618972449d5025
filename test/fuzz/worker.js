// Tries one case after the other, and says before each what it is: so that who hangs is known.
import {parentPort, workerData} from 'node:worker_threads'
import './sources.js'

const {allProjects} = await import('./corpus.ts')
const {attempt} = await import('./attempt.ts')
const {differencesByLineEnds} = await import('./line-ends.ts')

if (workerData.patterns) {
  const {patternsOf, slowOn} = await import('./patterns.ts')
  for (const [pattern, place] of patternsOf('src', 'checks', 'bin')) {
    const attack = slowOn(pattern)
    if (attack) parentPort.postMessage({defect: {message: `${place} is slow on ${JSON.stringify(attack)}: ${pattern}`}})
  }
}
const corpus = await allProjects()
parentPort.postMessage({projects: corpus.length})
for (let seed = workerData.seed; ; seed++) {
  parentPort.postMessage({seed})
  const defect = await attempt(corpus, seed, () => parentPort.postMessage({}))
  if (defect) parentPort.postMessage({seed, defect})
  const project = corpus[seed % corpus.length]
  for (const message of await differencesByLineEnds(project).catch(() => [])) {
    parentPort.postMessage({seed, defect: {message, project}})
  }
}
