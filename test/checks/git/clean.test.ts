import clean from '../../../checks/git/clean.ts'
import {testCheck} from '../../harness.ts'

const head = '# branch.oid 3f0c7a1d9be84c25f6a7b8c9d0e1f2a3b4c5d6e7\n# branch.head main\n'

testCheck(clean, {
  clean: {'nothing differs': {git: head}},
  flagged: {
    'a changed, a renamed and a conflicting file': {
      git: `${head}1 .M N... 100644 100644 100644 aaa bbb app/my file.py
2 R. N... 100644 100644 100644 aaa bbb R100 new.py
old.py
u UU N... 100644 100644 100644 100644 aaa bbb ccc merge.py`,
      expect: [
        'warning app/my file.py 3 changed files, so no commit says what is deployed: app/my file.py, new.py, merge.py',
      ],
    },
    'an untracked file': {
      git: `${head}? .env.production`,
      expect: ['warning .env.production 1 untracked file, so no commit says what is deployed: .env.production'],
    },
    'folders of which nothing is tracked': {
      git: `${head}? web/\n? notes.txt`,
      expect: ['warning web/ 2 untracked paths, so no commit says what is deployed: web/, notes.txt'],
    },
    'a folder that the repository around it does not track': {
      git: `${head}? .`,
      expect: ['warning . 1 untracked path, so no commit says what is deployed: this whole folder'],
    },
  },
  skipped: {'outside a repository': {reason: 'the folder is no git repository'}},
})
