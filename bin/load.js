const {readFileSync, renameSync, rmSync, statSync, writeFileSync} = require('node:fs')
const Module = require('node:module')
const {dirname} = require('node:path')
const vm = require('node:vm')

/**
 * Requires one CommonJS file, with what V8 made of it in an earlier run: half of a short run is compiling.
 * Node does that itself from 22.8 on. Before, the cache lies beside the file, if that can be written: whoever may write
 * there may write the program, too. `use`: what this run is for; each has its own cache, as reading what is compiled
 * takes time, too.
 */
function load(file, use) {
  const requireFrom = Module.createRequire(file)
  if (Module.enableCompileCache) {
    Module.enableCompileCache()
    return requireFrom(file)
  }
  const cache = `${file}.${use}.${process.version}-${process.arch}.v8`
  // It is plain ASCII, which is read without decoding it.
  const script = new vm.Script(Module.wrap(readFileSync(file, 'latin1')), {
    filename: file,
    cachedData: cachedData(cache, file),
  })
  const loaded = new Module(file)
  loaded.filename = file
  requireFrom.cache[file] = loaded
  script.runInThisContext().call(loaded.exports, loaded.exports, requireFrom, loaded, file, dirname(file))
  loaded.loaded = true
  if (script.cachedDataRejected !== false) process.once('exit', () => store(cache, script))
  return loaded.exports
}

/** V8 compares lengths only: a cache that is older than its file is of another file. */
function cachedData(cache, file) {
  try {
    if (statSync(cache).mtimeMs < statSync(file).mtimeMs) return undefined
    return readFileSync(cache)
  } catch {
    return undefined
  }
}

function store(cache, script) {
  const aside = `${cache}.${process.pid}`
  try {
    writeFileSync(aside, script.createCachedData())
    renameSync(aside, cache)
  } catch {
    // A package that cannot be written to, or a full disk: the next run compiles again.
    rmSync(aside, {force: true})
  }
}

module.exports = {load}
