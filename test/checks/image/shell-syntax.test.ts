import shellSyntax from '../../../checks/image/shell-syntax.ts'
import {testCheck} from '../../harness.ts'

const project = (run: string, more: Record<string, string> = {}) => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile: `FROM debian:12-slim\n${run}\n`, ...more},
})
const script = (text: string, start = 'CMD ["./start.sh"]') =>
  project(`WORKDIR /app\nCOPY . .\n${start}`, {'start.sh': text})
const stops = (what: string) => `the shell cannot read this RUN: ${what}, so it stops with a syntax error`
const scriptStops = (what: string) =>
  `the shell cannot read start.sh, which CMD starts: ${what}, so it stops with a syntax error`

const ofBash = 'is of bash, and sh runs start.sh, which CMD starts; that is dash in debian:12-slim'

testCheck(shellSyntax, {
  clean: {
    'what only bash has, for bash': script('#!/bin/bash\nset -euo pipefail\nx=(a b)\n[[ -f y ]] && exec "${x[@]}"\n'),
    'what only bash has, handed to bash': script('#!/bin/sh\nset -o pipefail\nexec a\n', 'CMD ["bash", "start.sh"]'),
    'what only bash has, where /bin/sh becomes bash': project(
      'RUN ln -sf /bin/bash /bin/sh\nWORKDIR /app\nCOPY . .\nCMD ["./start.sh"]',
      {'start.sh': '#!/bin/sh\nx=(a b)\nexec a\n'},
    ),
    'an if behind &&': project('RUN a \\\n  && if [ -d x ]; then b; fi'),
    'an if behind ;': project('RUN set -e; \\\n  if [ -d x ]; then b; fi; \\\n  c'),
    'then as a word': project('RUN echo if then fi'),
    'comments and empty lines between': project("RUN a && \\\n  # then it's b\n\n  b"),
    'what only bash has': project('SHELL ["/bin/bash", "-c"]\nRUN a <(b) && x=(1 2) && [[ $a =~ b(c|d) ]]'),
    'a heredoc of Docker': project('RUN <<E\nif a; then\n  b\nfi\nE'),
    'a heredoc for another program': project('RUN python3 <<E\nprint("it\'s")\nE'),
    'a heredoc before its program': project('RUN <<E python3\nprint("it\'s")\nE'),
    'a heredoc that is written to a file': project("RUN <<E cat > /x\nit's\nE"),
    'a heredoc before a shell': project("RUN <<-'E' bash -e\n\tif a; then\n\t  b\n\tfi\n\tE"),
    'lines that a comment swallows': project("RUN a && b # it's good \\\n  && c"),
    'another escape character': {
      files: {'fly.toml': 'app = "shop"\n', Dockerfile: '# escape=`\nFROM debian:12-slim\nRUN a && `\n  b\n'},
    },
    'an interpreter of its own': project('RUN <<E\n#!/usr/bin/env python3\nprint("(")\nE'),
    'another shell': project('SHELL ["pwsh", "-Command"]\nRUN if ($a) { b }'),
    'the exec form': project('RUN ["sh", "it\'s"]'),
    'a script': script('#!/bin/sh\nif a; then\n  b\nfi\nexec c\n'),
    'a script of another language': script('#!/usr/bin/env python3\nprint("(")\n'),
    'a script with Windows line ends': script('#!/bin/sh\r\nif a; then\r\n  b\r\nfi\r\n'),
    'a template': script('#!/bin/sh\nif {{ a; then\n'),
    'a script that nothing starts': script('if a\n', 'CMD ["sleep", "1"]'),
  },
  flagged: {
    'a script for sh with what only bash has': {
      ...script('#!/bin/sh\nset -euo pipefail\nif [[ -f x ]]; then b; fi\nexec a\n'),
      expect: [
        `error start.sh:2:1 set -euo pipefail ${ofBash}: "set: Illegal option -o pipefail"`,
        `warning start.sh:3:4 [[ ${ofBash}: "[[: not found", so that it is never true`,
      ],
    },
    'a script for bash that is handed to sh': {
      ...script('#!/bin/bash\nargs=(a b)\nexec "${args[@]}"\n', 'CMD ["sh", "start.sh"]'),
      expect: [
        `error start.sh:2:1 args=( ${ofBash}: "syntax error: "(" unexpected"`,
        `warning start.sh:3:7 \${args[@]} ${ofBash}: "bad substitution"`,
      ],
    },
    'behind a server': {
      ...script('#!/bin/sh\nserver\nlist=(a b)\n'),
      expect: [`warning start.sh:3:1 list=( ${ofBash}: "syntax error: "(" unexpected"`],
    },
    'no && before if': {
      ...project('RUN a \\\n  && echo "x" > y \\\n  if [ -d x ]; then b; fi; \\\n  c'),
      expect: [`error Dockerfile:4:3 ${stops("unexpected token 'then'")}`],
    },
    'no fi': {
      ...project('RUN a && \\\n  if b; then \\\n  c'),
      expect: [`error Dockerfile:4:3 ${stops("expected 'fi' to close 'if'")}`],
    },
    'a quote that nothing closes': {
      ...project('RUN a && \\\n  echo "b && c'),
      expect: [`error Dockerfile:3:3 ${stops('unterminated double quote')}`],
    },
    'two operators': {
      ...project('RUN a && \\\n  && b'),
      expect: [`error Dockerfile:2:1 ${stops("expected command after '&&'")}`],
    },
    'a script without fi': {
      ...script('#!/bin/sh\nset -e\nif a; then\n  b\n'),
      expect: [`error start.sh:4:3 ${scriptStops("expected 'fi' to close 'if'")}`],
    },
    'a script that goes over to the server before': {
      ...script('#!/bin/sh\nexec server\nif a; then\n'),
      expect: [`warning start.sh:3:1 ${scriptStops("expected command after 'then'")}`],
    },
    'a script whose server keeps running before': {
      ...script('#!/bin/sh\nnode server.js\nfi\n'),
      expect: [`warning start.sh:3:1 ${scriptStops("unexpected token 'fi'")}`],
    },
    'a script that migrates before': {
      ...script('#!/bin/sh\nset -e\nnpx prisma migrate deploy\nfi\nnode server.js\n'),
      expect: [`error start.sh:4:1 ${scriptStops("unexpected token 'fi'")}`],
    },
    'a script that a RUN may change': {
      ...script('#!/bin/sh\nif a; then\n', 'RUN echo fi >> start.sh\nCMD ["./start.sh"]'),
      expect: [`warning start.sh:2:1 ${scriptStops("expected command after 'then'")}`],
    },
  },
})
