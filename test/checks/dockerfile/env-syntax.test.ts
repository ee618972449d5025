import envSyntax from '../../../checks/dockerfile/env-syntax.ts'
import {testCheck} from '../../harness.ts'

const dockerfile = (text: string) => ({files: {'fly.toml': 'app = "shop"', Dockerfile: text}})

testCheck(envSyntax, {
  clean: {
    'without blanks': dockerfile('FROM debian\nENV A=1 B="= x"\nLABEL a=b\n'),
    'the old form, as it is meant': dockerfile('FROM debian\nENV PATH /app/bin:$PATH\n'),
    'in a stage that is not built': dockerfile('FROM debian AS a\nENV A = 1\nFROM debian\n'),
  },
  flagged: {
    'blanks around =': {
      ...dockerfile('FROM debian\nENV PORT = "8080"\n'),
      expect: [
        'warning Dockerfile:2:1 ENV sets PORT to a value that begins with "= ": there must be no blanks around =',
      ],
    },
  },
})
