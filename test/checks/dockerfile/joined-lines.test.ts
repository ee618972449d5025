import joinedLines from '../../../checks/dockerfile/joined-lines.ts'
import {testCheck} from '../../harness.ts'

const project = (dockerfile: string) => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile: `FROM debian:bookworm-slim\n${dockerfile}`, 'a.txt': ''},
})

testCheck(joinedLines, {
  clean: {
    'lines of one command': project('RUN apt-get update && \\\n    apt-get install -y curl\nCOPY a.txt /\n'),
    'SQL over several lines': project('RUN psql -c "SELECT a \\\nFROM b"\n'),
    'a word that is no line': project('RUN echo COPY RUN && \\\n  true\n'),
    'the CMD of a HEALTHCHECK': project('HEALTHCHECK --interval=5s \\\n  CMD curl -f http://localhost\n'),
    'a comment between': project('RUN apt-get update \\\n# RUN apt-get upgrade\n  && true\n'),
    'a program of lower case': project('RUN true && \\\n  run --all\n'),
    'commands that && joins, in the lines of one that goes on': project(
      'RUN curl -Lo /tmp/a.tgz \\\n  https://shop.example/a.tgz && \\\n  tar -xzf /tmp/a.tgz -C /usr/local && \\\n  chmod +x /usr/local/a\n',
    ),
    'packages that are called like programs': project('RUN apt-get install -y curl \\\n  tar \\\n  git\n'),
    'what a command hands on': project('RUN env A=1 \\\n  curl -f http://localhost\n'),
    'a heredoc': project('RUN <<EOF\ncat > Dockerfile <<X\nRUN true\nX\nEOF\n'),
  },
  flagged: {
    'arguments of the command above': {
      ...project('RUN rsync -a /npm/ /public/ \\\nRUN rm -rf /npm \\\nRUN chown -R nobody /public\n'),
      expect: [
        'warning Dockerfile:3:1 the line before ends with a backslash, so that rsync gets RUN and what follows as its arguments',
      ],
    },
    'a program, behind &&': {
      ...project('RUN apt-get update && \\\n  apt-get clean && \\\nCOPY a.txt /b\n'),
      expect: [
        'error Dockerfile:4:1 the line before ends with a backslash, so that the shell takes COPY for a program: "COPY: not found"',
      ],
    },
    'a command without && before it, that asks for each word': {
      ...project('RUN curl -Lo /tmp/a.tgz https://shop.example/a.tgz \\\n    tar -xzf /tmp/a.tgz -C /usr/local\n'),
      expect: [
        'error Dockerfile:3:5 the line before ends with a backslash alone, so that curl gets tar and what follows as its arguments',
      ],
    },
    'one of which folders are made': {
      ...project('RUN mkdir -p /data \\\n    chown -R nobody /data\n'),
      expect: [
        'warning Dockerfile:3:5 the line before ends with a backslash alone, so that mkdir gets chown and what follows as its arguments',
      ],
    },
    'and another command that would go on': {
      ...project('RUN curl -O https://shop.example/a \\\n    chmod +x a || true\n'),
      expect: [
        'warning Dockerfile:3:5 the line before ends with a backslash alone, so that curl gets chmod and what follows as its arguments',
      ],
    },
    'packages to install': {
      ...project('RUN apt-get install -y curl \\\n\nWORKDIR /app\n'),
      expect: [
        'warning Dockerfile:4:1 the line before ends with a backslash, so that apt-get gets WORKDIR and what follows as its arguments',
      ],
    },
  },
})
