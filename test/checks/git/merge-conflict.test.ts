import mergeConflict from '../../../checks/git/merge-conflict.ts'
import {testCheck} from '../../harness.ts'

const project = (files: Record<string, string>) => ({files: {'fly.toml': 'app = "shop"\n', ...files}})
const marks = '<<<<<<< HEAD\n  # gem "oj"\n=======\n  gem "oj"\n>>>>>>> 96d6f2c (WIP)\n'

testCheck(mergeConflict, {
  clean: {
    'no mark': project({Gemfile: 'gem "oj"\n'}),
    'a line under a heading': project({Makefile: '# Build\n=======\nall:\n'}),
    'one mark alone': project({'start.sh': 'cat <<EOF\n<<<<<<< HEAD\nEOF\n'}),
    'marks that are indented': project({'config/config.exs': marks.replace(/^/gm, '  ')}),
    'a lock file that npm resolves': project({'package-lock.json': marks}),
    'a file that no build begins with': project({'docs/merging.md': marks}),
  },
  flagged: {
    'a Gemfile': {
      ...project({Gemfile: `source "https://rubygems.org"\ngroup :development do\n${marks}end\n`}),
      expect: ['warning Gemfile:3:1 Gemfile still has both sides of a merge conflict: what reads it stops at <<<<<<<'],
    },
    'lines of Windows': {
      ...project({'config/runtime.exs': marks.replaceAll('\n', '\r\n')}),
      expect: [
        'warning config/runtime.exs:1:1 config/runtime.exs still has both sides of a merge conflict: what reads it stops at <<<<<<<',
      ],
    },
  },
})
