const {accessSync, constants, readFileSync, renameSync, rmSync, statSync, writeFileSync} = require('node:fs')
const Module = require('node:module')
const {dirname} = require('node:path')
const vm = require('node:vm')

/** So many runs add to the cache what they had to compile: no single one needs all of the program. */
const learningRuns = 5

/**
 * Requires one CommonJS file, with what V8 made of it in earlier runs: half of a short run is compiling. The cache lies
 * beside the file: whoever may write there may write the program, too. `use`: what this run is for; each has its own
 * cache, as reading what is compiled takes time, too.
 *
 * Node's own cache (module.enableCompileCache) keeps less of what is compiled while the program runs: with it a run takes
 * half as long again. It is for where nothing can be written beside the file.
 */
function load(file, use) {
  const path = `${file}.${use}.${process.version}-${process.arch}.v8`
  const found = read(path, file)
  const requireFrom = Module.createRequire(file)
  if (!found && !isWritable(dirname(file)) && Module.enableCompileCache) {
    Module.enableCompileCache()
    return requireFrom(file)
  }
  // It is plain ASCII, which is read without decoding it.
  const source = Module.wrap(readFileSync(file, 'latin1'))
  const script = new vm.Script(source, {filename: file, cachedData: found?.code})
  const loaded = new Module(file)
  loaded.filename = file
  requireFrom.cache[file] = loaded
  script.runInThisContext().call(loaded.exports, loaded.exports, requireFrom, loaded, file, dirname(file))
  loaded.loaded = true
  const used = script.cachedDataRejected === false ? found : {code: Buffer.of(), runs: 0}
  if (used.runs < learningRuns) process.once('exit', () => store(path, script, used))
  return loaded.exports
}

/** V8 compares lengths only: a cache that is older than its file is of another file. Its last byte counts the runs. */
function read(path, file) {
  try {
    if (statSync(path).mtimeMs < statSync(file).mtimeMs) return undefined
    const bytes = readFileSync(path)
    return {code: bytes.subarray(0, -1), runs: bytes.at(-1)}
  } catch {
    return undefined
  }
}

function store(path, script, {code, runs}) {
  const aside = `${path}.${process.pid}`
  try {
    const compiled = script.createCachedData()
    // A long run forgets what it does not need any more.
    const more = compiled.length > code.length ? compiled : code
    writeFileSync(aside, Buffer.concat([more, Buffer.of(runs + 1)]))
    renameSync(aside, path)
  } catch {
    // A full disk, or a folder that has become read-only: the next run compiles again.
    rmSync(aside, {force: true})
  }
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

module.exports = {load}
