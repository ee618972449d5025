import envSyntax from '../../../checks/dockerfile/env-syntax.ts'
import {testCheck} from '../../harness.ts'

const dockerfile = (text: string) => ({files: {'fly.toml': 'app = "shop"', Dockerfile: text}})

testCheck(envSyntax, {
  clean: {
    'without blanks': dockerfile('FROM debian\nENV A=1 B="= x"\nLABEL a=b\n'),
    'the old form, as it is meant': dockerfile('FROM debian\nENV PATH /app/bin:$PATH\n'),
    'variables of a RUN': dockerfile('FROM debian\nRUN A="1" B= make\nRUN [ "$A" = 1 ] && test A = B\n'),
    'another language, and another shell': dockerfile(
      'FROM debian\nRUN <<EOF\n#!/usr/bin/env python3\nPORT = 8080\nEOF\nSHELL ["pwsh", "-c"]\nRUN PORT = 1\n',
    ),
    'a comparison of the shell': dockerfile('FROM debian\nRUN if [ A = "$A" ]; then make; fi\n'),
    'in a stage that is not built': dockerfile('FROM debian AS a\nENV A = 1\nFROM debian\n'),
  },
  flagged: {
    'a variable of a RUN': {
      ...dockerfile('FROM debian\nRUN A="$(cat a)" \\\n  PORT ="$(cat b)" make\n'),
      expect: [
        'error Dockerfile:3:3 this RUN starts a program PORT, as a blank parts it from its =: there is none, and the build stops with "PORT: not found"',
      ],
    },
    'blanks around =': {
      ...dockerfile('FROM debian\nENV PORT = "8080"\n'),
      expect: [
        'warning Dockerfile:2:1 ENV sets PORT to a value that begins with "= ": there must be no blanks around =',
      ],
    },
  },
})
