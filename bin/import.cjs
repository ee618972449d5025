/**
 * Imports a module for dist/preflight.cjs, which cannot do it itself: what vm.Script runs from its cache has no loader
 * (nodejs.org/api/vm.html#when-importmoduledynamically-is-not-specified-or-undefined).
 */
module.exports = (url) => import(url)
