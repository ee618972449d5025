import runShell from '../../../checks/dockerfile/run-shell.ts'
import {testCheck} from '../../harness.ts'

const project = (run: string, base = 'python:3.12-slim') => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile: `FROM ${base}\nWORKDIR /app\n${run}\n`},
})
const source =
  'source is a command of bash, and RUN is run by /bin/sh, which is dash in python:3.12-slim: "source: not found"'

const sh = 'RUN is run by /bin/sh, which is dash in python:3.12-slim'
const ash = 'RUN is run by /bin/sh, which is busybox in alpine:3.22'

testCheck(runShell, {
  clean: {
    'what POSIX has': project(
      `RUN set -eu; A=\${B:-c}; [ "$A" = "\${A%%.*}" ] || echo \${#A}; case "$A" in b) x;; esac; f() { local y=1; }; for i in 1 2; do f; done`,
    ),
    'an option that is tried first': project(
      'RUN (set -o pipefail) 2>/dev/null && set -o pipefail; [ -n "$BASH_VERSION" ] && set -o pipefail; true',
      'python:3.12-slim-bookworm',
    ),
    'as texts': project(`RUN echo '[[ a ]] <<< \${A^^} x=(1 2)' > /x && grep -E "(a|b)" /x && sh -c 'echo hi'`),
    'for bash': project(
      'SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN [[ -f x ]] && cat <<< "${A^^}" && set -o pipefail',
    ),
    "what Alpine's shell has": project(
      'RUN set -o pipefail && [[ -f x ]] && echo -e "a\\n${B//c/d}" > /x && diff <(a) <(b) && [ a == b ]',
      'alpine:3.22',
    ),
    'a release of which the shell may be newer': project('RUN set -o pipefail && a | b', 'debian:trixie'),
    'a branch that may not be reached': project(
      'RUN if a; then echo ${A^^}; fi && set +e && (set -o pipefail; a) || true',
    ),
    'an echo that nobody reads': project(
      'RUN echo -e "a\\nb" && echo -n "a" > /x && /bin/echo -e "a" > /x && echo -e "b" >&2',
    ),
    'an image with a shell that is not known': project('RUN [[ -f x ]]', 'fedora:41'),
    'the dot of POSIX': project('RUN python -m venv v && . v/bin/activate && pip install flask'),
    "Alpine's shell has it": project('RUN source v/bin/activate', 'python:3.12-alpine'),
    'bash is chosen': project('SHELL ["/bin/bash", "-c"]\nRUN source v/bin/activate'),
    'bash is started': project('RUN bash -c "source v/bin/activate && pip install flask"'),
    '/bin/sh becomes bash': project('RUN ln -sf /bin/bash /bin/sh\nRUN source v/bin/activate'),
    'a heredoc with an interpreter of its own': project('RUN <<E\n#!/bin/bash\nsource v/bin/activate\nE'),
    'it may fail': project('RUN source v/bin/activate || true'),
    'braces in quotes, of find and of a variable': project(
      'ARG A=x\nRUN mv "a{,.b}" c && find . -name x -exec cp {} /tmp \\; && cp ${A} "$(pwd)/d" && mkdir {d}',
    ),
    'curl itself takes braces apart': project('RUN curl -O https://example.com/{a,b}'),
    'braces for bash': project('SHELL ["/bin/bash", "-c"]\nRUN cp a{,.bak}'),
    'an image that is not known': project('RUN source v/bin/activate', 'example.com/python:3'),
    'braces in quotes, beside a variable': project('RUN ls $HOME "{a,b}" && pip install $X --config-settings="{a,b}"'),
    'an argument of the program': project(`RUN docker-php-ext-install $EXT && find . -exec cp '{},x' {} \\;`),
    'without a shell': project('RUN ["cp", "a{,.bak}"]'),
  },
  flagged: {
    'what dash does not read': {
      ...project(
        'RUN cat <<< "a"\nRUN list=(a b)\nRUN for ((i=0;i<3;i++)); do a; done\nRUN a <(b)\nRUN if a; then function f() { b; }; fi',
      ),
      expect: [
        `error Dockerfile:3:9 <<< is of bash, and ${sh}: "syntax error: redirection unexpected"`,
        `error Dockerfile:4:5 list=( is of bash, and ${sh}: "syntax error: "(" unexpected"`,
        `error Dockerfile:5:5 for (( is of bash, and ${sh}: "syntax error: bad for loop variable"`,
        `error Dockerfile:6:7 <(b) is of bash, and ${sh}: "syntax error: "(" unexpected"`,
        `error Dockerfile:7:16 function f is of bash, and ${sh}: "syntax error: "(" unexpected"`,
      ],
    },
    'what ends dash where it gets there': {
      ...project('RUN a && echo "${A//b/c}"; d\nRUN set -euo pipefail; a | b', 'python:3.12-slim-bookworm'),
      expect: [
        `error Dockerfile:3:16 \${A//b/c} is of bash, and ${sh}-bookworm: "bad substitution"`,
        `error Dockerfile:4:5 set -euo pipefail is of bash, and ${sh}-bookworm: "set: Illegal option -o pipefail"`,
      ],
    },
    'what is never true': {
      ...project('RUN if [[ -f x ]]; then a; fi\nRUN [ "$A" == "b" ] || c\nRUN [[ -f x ]] && b'),
      expect: [
        `warning Dockerfile:3:8 [[ is of bash, and ${sh}: "[[: not found", so that it is never true`,
        `warning Dockerfile:4:5 [ "$A" == "b" ] is of bash, and ${sh}: "[: unexpected operator", so that it is never true`,
        `error Dockerfile:5:5 [[ is of bash, and ${sh}: "[[: not found"`,
      ],
    },
    'an echo into a file': {
      ...project('RUN echo -e "a\\nb" > /etc/x.conf'),
      expect: [`warning Dockerfile:3:5 ${sh}: its echo knows no -e, and writes that as a text`],
    },
    'what Alpine does not have either': {
      ...project('RUN cat <<< "${A^^}"', 'alpine:3.22'),
      expect: [
        `error Dockerfile:3:9 <<< is of bash, and ${ash}: "syntax error: unexpected redirection"`,
        `error Dockerfile:3:14 \${A^^} is of bash, and ${ash}: "bad substitution"`,
      ],
    },
    'folders and links, which are made as they are written': {
      ...project('RUN install -d /a/{b,c} && ln -s /x/{y,z} /w'),
      expect: [
        'warning Dockerfile:3:5 /a/{b,c} is one name here: RUN is run by /bin/sh, which is dash in python:3.12-slim, and only bash makes several of it',
        'warning Dockerfile:3:28 /x/{y,z} is one name here: RUN is run by /bin/sh, which is dash in python:3.12-slim, and only bash makes several of it',
      ],
    },
    'source in a list': {
      ...project('RUN python -m venv v && source v/bin/activate && pip install flask'),
      expect: [`error Dockerfile:3:25 ${source}`],
    },
    'the RUN goes on without it': {
      ...project('RUN source v/bin/activate; pip install flask'),
      expect: [`warning Dockerfile:3:5 ${source}, and the rest of the RUN goes on without it`],
    },
    'braces that stay as they are': {
      ...project('RUN mv config/master.key{.fake,} && \\\n    mkdir -p tmp/{pids,cache}; true'),
      expect: [
        'warning Dockerfile:3:5 config/master.key{.fake,} is one name here: RUN is run by /bin/sh, which is dash in python:3.12-slim, and only bash makes several of it',
        'warning Dockerfile:4:5 tmp/{pids,cache} is one name here: RUN is run by /bin/sh, which is dash in python:3.12-slim, and only bash makes several of it',
      ],
    },
    'packages of Alpine': {
      ...project('RUN apk add --no-cache php83-{cli,xml}', 'alpine:3.22'),
      expect: [
        'error Dockerfile:3:5 php83-{cli,xml} is one name here: RUN is run by /bin/sh, which is busybox in alpine:3.22, and only bash makes several of it',
      ],
    },
    'in a stage built on another': {
      ...project('FROM python:3.12-slim AS base\nFROM base\nRUN shopt -s globstar', 'node:22-slim'),
      expect: [
        'error Dockerfile:5:5 shopt is a command of bash, and RUN is run by /bin/sh, which is dash in python:3.12-slim: "shopt: not found"',
      ],
    },
  },
})
